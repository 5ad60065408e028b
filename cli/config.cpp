#include "cli/config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <charconv>

#include "compiler/support/source.h"
#include "compiler/support/suggest.h"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;
using diagnostics::Entry;
using diagnostics::Severity;
using support::Result;

constexpr std::string_view file_name = "muster.yaml";
constexpr std::uint64_t most_trials = 1'000'000'000;

using Words = std::vector<std::string>;
const Words formats{"text", "json", "sarif", "junit", "github", "markdown"};
const Words failures{"error", "warning", "never"};
const Words levels{"error", "warning", "note", "off"};
const Words keys{"format", "fail-on", "severities", "seed", "trials"};

std::string joined(const Words& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// `what` is wrong with `written`; `rest` is what else there is to know.
std::string advised(const std::string& what, const std::string& written, const Words& words, std::string rest) {
    const auto nearest = support::closest(written, words);
    if (!nearest) return what + "; " + rest;
    rest[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(rest[0])));
    return what + "; did you mean `" + *nearest + "`? " + rest;
}

// Stops reading at the first fault: a file of five lines is mended line by line.
class Reader {
public:
    explicit Reader(const std::string& path) : path_(path) {}

    Config read(const YAML::Node& root) {
        if (root.IsNull()) return {};
        for (const auto& [key, value] : entries(root, "a map of keys")) setting(key, value);
        return std::move(config_);
    }

    [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& why) const {
        if (mark.is_null()) throw Misconfigured(path_ + ": " + why);
        throw Misconfigured(fmt::format("{}:{}:{}: {}", path_, mark.line + 1, mark.column + 1, why));
    }

private:
    struct Pair {
        YAML::Node key, value;
    };

    // The library keeps a key that stands twice.
    std::vector<Pair> entries(const YAML::Node& map, const std::string& wanted) const {
        if (!map.IsMap()) refuse(map.Mark(), "this should be " + wanted);
        std::vector<Pair> pairs;
        for (const auto& pair : map) {
            const std::string key = scalar(pair.first, "a key");
            for (const Pair& before : pairs)
                if (before.key.Scalar() == key) refuse(pair.first.Mark(), fmt::format("`{}` stands here a second time", key));
            pairs.push_back({pair.first, pair.second});
        }
        return pairs;
    }

    [[nodiscard]] std::string scalar(const YAML::Node& node, const std::string& what) const {
        if (!node.IsScalar()) refuse(node.Mark(), fmt::format("{} is one word or number", what));
        return node.Scalar();
    }

    void setting(const YAML::Node& key, const YAML::Node& value) {
        const std::string& name = key.Scalar();
        if (name == "severities") severities(value);
        else if (name == "format") config_.options["--format"] = one_of(value, name, formats);
        else if (name == "fail-on") config_.options["--fail-on"] = one_of(value, name, failures);
        else if (name == "seed") config_.options["--seed"] = number(value, name, 0, std::numeric_limits<std::uint64_t>::max());
        else if (name == "trials") config_.options["--trials"] = number(value, name, 1, most_trials);
        else refuse(key.Mark(), advised(fmt::format("there is no key `{}`", name), name, keys, "the keys are " + joined(keys)));
    }

    [[nodiscard]] std::string one_of(const YAML::Node& node, const std::string& key, const Words& words) const {
        std::string written = scalar(node, "`" + key + "`");
        if (std::find(words.begin(), words.end(), written) != words.end()) return written;
        refuse(node.Mark(), advised(fmt::format("`{}` cannot be `{}`", key, written), written, words, "it is one of " + joined(words)));
    }

    [[nodiscard]] std::string number(const YAML::Node& node, const std::string& key, std::uint64_t least, std::uint64_t most) const {
        std::string written = scalar(node, "`" + key + "`");
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
        if (error == std::errc() && end == written.data() + written.size() && value >= least && value <= most) return written;
        refuse(node.Mark(), fmt::format("`{}` cannot be `{}`; it is a whole number from {} to {}", key, written, least, most));
    }

    void severities(const YAML::Node& map) {
        if (map.IsNull()) return;
        for (const auto& [key, value] : entries(map, "a map from codes to severities")) {
            const Entry& entry = entry_of(key);
            const std::string level = one_of(value, key.Scalar(), levels);
            const auto severity = severity_of(level);
            refuse_to_hide(entry, severity, key);
            if (!config_.severities.emplace(entry.code, severity).second)
                refuse(key.Mark(), fmt::format("{} {} has a severity already", entry.code, entry.name));
        }
    }

    [[nodiscard]] const Entry& entry_of(const YAML::Node& key) const {
        if (const Entry* entry = diagnostics::find_entry(key.Scalar())) return *entry;
        Words known;
        for (const Entry& entry : diagnostics::registry()) known.emplace_back(entry.name);
        refuse(key.Mark(), advised(fmt::format("there is no diagnostic `{}`", key.Scalar()), key.Scalar(), known,
                                   "to see all, run `muster explain --list`"));
    }

    static std::optional<Severity> severity_of(const std::string& level) {
        if (level == "off") return std::nullopt;
        return level == "error" ? Severity::error : level == "warning" ? Severity::warning : Severity::note;
    }

    // Where syntax or names are wrong no rule runs: without its errors such a plan would pass unread.
    void refuse_to_hide(const Entry& entry, const std::optional<Severity>& severity, const YAML::Node& key) const {
        const bool stops_the_rules = entry.severity == Severity::error && !entry.code.starts_with("M3");
        if (stops_the_rules && severity != Severity::error)
            refuse(key.Mark(), fmt::format("{} {} stays an error: a plan that has it cannot be checked", entry.code, entry.name));
    }

    const std::string& path_;
    Config config_;
};

// What the command line leaves open. A form that the command does not have is for other commands.
void set(CLI::App& command, const std::string& name, const std::string& value) {
    CLI::Option* option = command.get_option_no_throw(name);
    if (option == nullptr || option->count() > 0) return;
    option->add_result(value);
    try {
        option->run_callback();
    } catch (const CLI::ValidationError&) {
        option->clear();
    }
}

std::string read_file(const fs::path& path) {
    const auto source = support::read_source(path, path.lexically_normal().generic_string());
    if (!source) throw Misconfigured(source.error().message);
    return source->text();
}

void settle(CLI::App& command, Common& common) {
    if (common.isolated) return;
    const auto file = common.config.empty() ? find_config(common.path) : fs::path(common.config);
    if (!file) return;
    const auto config = read_config(read_file(*file), file->lexically_normal().generic_string());
    if (!config) throw Misconfigured(config.error().message);
    for (const auto& [name, value] : config->options) set(command, name, value);
    common.severities = config->severities;
}

}  // namespace

Result<Config> read_config(const std::string& text, const std::string& path) {
    try {
        Reader reader(path);
        const std::vector<YAML::Node> documents = YAML::LoadAll(text);
        if (documents.size() > 1) reader.refuse(documents[1].Mark(), "a second document begins here; there is one");
        return documents.empty() ? Config{} : reader.read(documents.front());
    } catch (const Misconfigured& fault) {
        return support::fail(fault.what());
    } catch (const YAML::Exception& fault) {
        return support::fail(fmt::format("{}:{}:{}: this is no YAML: {}", path, fault.mark.line + 1, fault.mark.column + 1, fault.msg));
    }
}

std::optional<fs::path> find_config(const fs::path& plan) {
    std::error_code error;
    const bool is_folder = plan == "-" || fs::is_directory(plan, error);
    const fs::path folder = plan == "-" ? "." : is_folder ? plan : plan.parent_path();
    for (fs::path at = fs::weakly_canonical(fs::absolute(folder, error), error); !at.empty(); at = at.parent_path()) {
        if (fs::is_regular_file(at / file_name, error)) return fs::proximate(at / file_name, error);
        if (at == at.root_path()) break;
    }
    return std::nullopt;
}

void add_config(CLI::App& command, Common& common) {
    auto* file = command.add_option("--config", common.config, "the configuration file (default: muster.yaml with the plan, or above it)");
    command.add_flag("--isolated", common.isolated, "read no configuration file")->excludes(file);
    command.parse_complete_callback([&command, &common] { settle(command, common); });
}

}  // namespace muster::cli
