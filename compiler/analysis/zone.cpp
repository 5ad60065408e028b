#include "compiler/analysis/zone.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace muster::analysis {
namespace {

using namespace std::chrono;

constexpr std::string_view folder = "/usr/share/zoneinfo/";

/// Every name of the IANA database, and nothing that leads out of its folder.
bool may_be_name(std::string_view name) {
    const auto upper = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    const auto allowed = [&](char letter) {
        return upper(letter) || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               std::string_view("/_+-").find(letter) != std::string_view::npos;
    };
    return !name.empty() && name.size() < 100 && upper(name.front()) && std::ranges::all_of(name, allowed);
}

/// Reads big-endian numbers one after the other; past the end everything is zero and `ok` false.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool ok() const { return ok_; }

    std::string_view take(std::uint64_t size) {
        ok_ = ok_ && size <= rest_.size();
        if (!ok_) return {};
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::int64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const char byte : take(size)) value = value << 8 | static_cast<unsigned char>(byte);
        return size == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
    }

    /// What stands between the two line ends that close the file.
    std::string_view last_line() {
        if (take(1) != "\n" || !rest_.ends_with('\n')) return {};
        return rest_.substr(0, rest_.size() - 1);
    }

private:
    std::string_view rest_;
    bool ok_ = true;
};

struct Header {
    std::uint64_t utc_marks, standard_marks, leaps, changes, types, letters;

    /// The size of the block that follows, where a moment takes `moment` bytes.
    [[nodiscard]] std::uint64_t block(std::uint64_t moment) const {
        return changes * (moment + 1) + types * 6 + letters + leaps * (moment + 4) + standard_marks + utc_marks;
    }
};

std::optional<Header> take_header(Bytes& bytes) {
    const bool known = bytes.take(4) == "TZif" && bytes.take(1) >= "2";
    bytes.take(15);
    const auto count = [&] { return static_cast<std::uint64_t>(bytes.number(4)) & 0xffff'ffff; };
    const Header header{count(), count(), count(), count(), count(), count()};
    if (!known || !bytes.ok() || header.types == 0) return std::nullopt;
    return header;
}

std::vector<seconds> take_offsets(Bytes& bytes, std::uint64_t count) {
    std::vector<seconds> offsets;
    for (std::uint64_t i = 0; i < count && bytes.ok(); ++i) {
        offsets.emplace_back(bytes.number(4));
        bytes.take(2);
    }
    return offsets;
}

}  // namespace

std::optional<Zone> Zone::read(std::string_view content) {
    Bytes bytes(content);
    const auto old = take_header(bytes);
    if (!old) return std::nullopt;
    bytes.take(old->block(4));
    const auto header = take_header(bytes);
    if (!header) return std::nullopt;

    Bytes moments(bytes.take(header->changes * 8));
    const std::string_view indices = bytes.take(header->changes);
    const auto offsets = take_offsets(bytes, header->types);
    bytes.take(header->letters + header->leaps * 12 + header->standard_marks + header->utc_marks);
    if (!bytes.ok()) return std::nullopt;

    Zone zone;
    zone.changes_ = {{beginning_of_time, offsets.front()}};
    for (const char index : indices) {
        const auto type = static_cast<unsigned char>(index);
        const sys_seconds when{seconds{moments.number(8)}};
        if (type >= offsets.size() || when >= end_of_time) return std::nullopt;
        zone.changes_.push_back({std::max(when, beginning_of_time), offsets[type]});
    }
    if (!std::ranges::is_sorted(zone.changes_, {}, &Change::when)) return std::nullopt;
    zone.rule_ = ZoneRule::parse(bytes.last_line());
    return zone;
}

std::optional<Zone> Zone::named(std::string_view name) {
    if (name == "UTC") return Zone{};
    if (!may_be_name(name)) return std::nullopt;
    const auto path = std::filesystem::path(folder) / name;
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(path, unreadable)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    return read(std::string(std::istreambuf_iterator<char>(file), {}));
}

Stretch Zone::at(sys_seconds time) const {
    const auto after = std::ranges::upper_bound(changes_, time, {}, &Change::when);
    const Change& last = *std::prev(after);
    if (after != changes_.end()) return {last.when, after->when, last.offset};
    if (!rule_) return {last.when, end_of_time, last.offset};
    Stretch stretch = rule_->at(time);
    stretch.begin = std::max(stretch.begin, last.when);
    return stretch;
}

}  // namespace muster::analysis
