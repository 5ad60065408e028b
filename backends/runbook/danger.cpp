#include "backends/runbook/danger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace muster::backends::runbook {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

// Whether `phrase` stands in `text` as words of its own, with one space or more wherever it has one.
bool has_phrase(std::string_view text, std::string_view phrase) {
    for (std::size_t start = 0; start < text.size(); ++start) {
        if (start > 0 && is_word(text[start - 1])) continue;
        std::size_t at = start;
        std::size_t i = 0;
        for (; i < phrase.size() && at < text.size(); ++i) {
            if (phrase[i] == ' ') {
                if (text[at] != ' ') break;
                while (at < text.size() && text[at] == ' ') ++at;
            } else if (text[at++] != phrase[i]) {
                break;
            }
        }
        if (i == phrase.size() && (at == text.size() || !is_word(text[at]))) return true;
    }
    return false;
}

template <class Said, class All>
std::string names(const std::vector<Said>& said, const All& all) {
    std::string text;
    for (const auto& one : said) text += (text.empty() ? "" : ", ") + all[one.value].heading.name;
    return text;
}

class Danger {
public:
    explicit Danger(const StepIn& in) : in_(in) {}

    std::string operator()(const model::Restore& restore) const {
        return fmt::format("overwrites {}: what was written since the copy was made is lost, and cannot be brought back",
                           names(restore.data, in_.plan.data));
    }
    std::string operator()(const model::Promote& promote) const {
        return fmt::format("makes {} the primary, which cannot be undone: the old primary must not write again",
                           qualified_name(in_.plan, promote.replica));
    }
    std::string operator()(const model::Scale& scale) const {
        return scale.replicas == 0 ? stops(names(scale.services, in_.plan.services)) : std::string();
    }
    std::string operator()(const model::Fence& fence) const { return stops(names(fence.services, in_.plan.services)); }
    std::string operator()(const model::Rotate& rotate) const {
        return fmt::format("replaces {}, which cannot be undone: whatever still uses the old one stops working",
                           names(rotate.secrets, in_.plan.secrets));
    }
    std::string operator()(const model::Provision& provision) const {
        return fmt::format("builds site {}, and may change or remove what is there", in_.plan.sites[provision.site].heading.name);
    }
    std::string operator()(const model::Run& run) const { return of_text(run.text); }
    template <class Harmless>
    std::string operator()(const Harmless&) const {
        return {};
    }

    static std::string of_text(const std::string& text) {
        const std::string command = destructive_command(text);
        return command.empty() ? std::string() : fmt::format("runs `{}`", command);
    }

private:
    static std::string stops(const std::string& services) { return fmt::format("stops {} until something starts it again", services); }

    const StepIn& in_;
};

}  // namespace

std::string destructive_command(const std::string& text) {
    constexpr std::array<std::string_view, 27> known{"rm -rf",
                                                     "rm -fr",
                                                     "rm -r",
                                                     "mkfs",
                                                     "wipefs",
                                                     "dd",
                                                     "shred",
                                                     "dropdb",
                                                     "drop database",
                                                     "drop table",
                                                     "drop schema",
                                                     "truncate table",
                                                     "delete from",
                                                     "flushall",
                                                     "flushdb",
                                                     "kubectl delete",
                                                     "helm uninstall",
                                                     "helm delete",
                                                     "terraform destroy",
                                                     "eksctl delete",
                                                     "aws s3 rm",
                                                     "aws s3 rb",
                                                     "gsutil rm",
                                                     "az storage blob delete",
                                                     "velero backup delete",
                                                     "git push --force",
                                                     "pg_resetwal"};
    const std::string lowered = lower(text);
    const auto found = std::find_if(known.begin(), known.end(), [&](std::string_view one) { return has_phrase(lowered, one); });
    return found == known.end() ? std::string() : std::string(*found);
}

std::string destruction_of(const StepIn& in) {
    const auto& action = in.step().action;
    std::string text = action ? std::visit(Danger(in), *action) : std::string();
    return text.empty() && !in.step().own_command.empty() ? Danger::of_text(in.step().own_command) : text;
}

}  // namespace muster::backends::runbook
