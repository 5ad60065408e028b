#include "compiler/model/profile.h"

#include <fmt/format.h>

namespace muster::model {
namespace {

std::string what(const Figure& figure) {
    return figure.kind.empty() ? figure.subject : fmt::format("{} of {}", figure.subject, figure.kind);
}

}  // namespace

std::string Figure::clause() const {
    switch (of) {
        case Of::name: return "figure " + subject;
        case Of::action: return "takes " + what(*this);
        case Of::storage: return fmt::format("storage {} retrieval", what(*this));
        case Of::loading: return fmt::format("restores {} at", subject);
        case Of::replaying: return fmt::format("replays {} at", subject);
        case Of::likelihood: return "likelihood " + subject;
        case Of::unsound: return "unsound";
    }
    return {};
}

std::string Figure::label() const {
    switch (of) {
        case Of::name:
        case Of::action: return what(*this);
        case Of::storage: return "retrieval of " + subject;
        case Of::loading: return "restores by " + subject;
        case Of::replaying: return "replay by " + subject;
        case Of::likelihood: return "likelihood " + subject;
        case Of::unsound: return "unsound backups";
    }
    return {};
}

}  // namespace muster::model
