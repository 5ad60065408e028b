// Evidence as a runner writes it, for tests.
#pragma once

#include <fmt/format.h>

#include <string>

#include "compiler/support/hash.h"

namespace muster::evidence::testing {

/// The plan that evidence in tests is of, where it matters to none.
inline const std::string some_plan(64, 'a');

/// Builds lines with their chain.
class Chain {
public:
    explicit Chain(std::string plan = some_plan, std::string scenario = "outage")
        : plan_(std::move(plan)), scenario_(std::move(scenario)) {}

    /// Adds the event of the second `second` of an hour; `more` are members of a JSON object with a comma before each.
    Chain& add(int second, const std::string& event, const std::string& step = "", const std::string& more = "") {
        std::string line = fmt::format("{{\"format\":1,\"at\":\"{}\",\"event\":\"{}\"", at(second), event);
        if (!step.empty()) line += fmt::format(",\"step\":\"{}\"", step);
        line +=
            more + fmt::format(",\"operator\":\"kim\",\"host\":\"desk\",\"scenario\":\"{}\",\"plan_sha256\":\"{}\",\"previous\":\"{}\"}}",
                               scenario_, plan_, previous_);
        previous_ = support::sha256(line);
        text_ += line + "\n";
        return *this;
    }

    /// Adds a part of a step that took from one second to another.
    Chain& part(int from, int to, const std::string& kind, const std::string& step, int attempt = 1, int exit = 0) {
        return add(to, kind, step,
                   fmt::format(",\"attempt\":{},\"start\":\"{}\",\"end\":\"{}\",\"exit\":{}", attempt, at(from), at(to), exit));
    }

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::string& head() const { return previous_; }

    static std::string at(int second) { return fmt::format("2026-11-20T03:{:02}:{:02}.000Z", second / 60, second % 60); }

private:
    std::string plan_, scenario_, text_;
    std::string previous_ = std::string(64, '0');
};

}  // namespace muster::evidence::testing
