#include "compiler/sema/steps.h"

#include <algorithm>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Step;
using StepId = Id<Step>;
using Steps = std::vector<StepId>;
namespace messages = diagnostics::messages;

struct Surroundings {
    std::string phase;
    bool afterwards = false;
};

class Layout {
public:
    Layout(Id<model::Procedure> procedure, Context& context) : procedure_(procedure), context_(context) {}

    void run(const ast::Clause& clause) {
        sequence(clause, {}, {});
        for (const auto& [step, after] : explicit_order_) resolve_after(step, *after);
        report_circle();
    }

private:
    // One after another; returns what has to end before whatever follows.
    Steps sequence(const ast::Clause& block, Steps before, const Surroundings& around) {
        for (const ast::Clause& clause : block.body) {
            Surroundings inside = around;
            if (clause.keyword() == "phase") inside.phase = clause.values.at(1).text;
            if (clause.keyword() == "afterwards") inside.afterwards = true;
            before = follow(clause, before, inside);
        }
        return before;
    }

    Steps follow(const ast::Clause& clause, const Steps& before, const Surroundings& around) {
        if (clause.keyword() == "step") return make(clause, before, around);
        if (clause.keyword() == "phase" || clause.keyword() == "afterwards") return sequence(clause, before, around);
        if (clause.keyword() != "parallel") return before;
        Steps ends;
        for (const ast::Clause& inner : clause.body) {
            if (inner.keyword() != "step" && inner.keyword() != "parallel") continue;
            const Steps ended = follow(inner, before, around);
            ends.insert(ends.end(), ended.begin(), ended.end());
        }
        return ends.empty() ? before : ends;
    }

    Steps make(const ast::Clause& clause, const Steps& before, const Surroundings& around) {
        Step step;
        step.heading = heading_of(clause);
        step.procedure = procedure_;
        step.phase = around.phase;
        step.afterwards = around.afterwards;
        step.after = before;
        Index<Step>& index = context_.names.steps[procedure_.value];
        const StepId id{static_cast<std::uint32_t>(context_.plan.steps.size())};
        if (!index.add(step.heading.name, id)) {
            context_.sink
                .report(messages::declared_twice, step.heading.span, diagnostics::Words{"step"}, diagnostics::Name{step.heading.name})
                .related = {{context_.plan.steps[*index.find(step.heading.name)].heading.span, "declared here first"}};
            return before;
        }
        for (const ast::Clause& inner : clause.body)
            if (inner.keyword() == "after") explicit_order_.emplace_back(id, &inner);
        read_step(clause, step, context_);
        context_.plan.steps.add(std::move(step));
        context_.plan.procedures[procedure_].steps.push_back(id);
        return {id};
    }

    void resolve_after(StepId id, const ast::Clause& clause) {
        const Index<Step>& index = context_.names.steps[procedure_.value];
        Steps& after = context_.plan.steps[id].after;
        after.clear();
        Reader listing(clause.values, clause, context_);
        Reader::Listed<StepId> listed;
        for (std::size_t i = 1; i < clause.values.size(); ++i) {
            const ast::Value& name = clause.values[i];
            const auto found = index.find(name.text);
            if (found == id) report_itself(context_, clause, name.span, "a step that waits for itself never starts");
            else if (found && listing.is_fresh(listed, {*found, name.span}, name.text)) after.push_back(*found);
            if (found) continue;
            report_unknown(context_.names, "step of this procedure", name.text, index.order, name.span, context_.sink);
        }
    }

    // Takes away what can be ordered; what is left waits for itself.
    void report_circle() {
        Steps waiting = context_.plan.procedures[procedure_].steps;
        const auto waits = [&](StepId id) {
            const Steps& after = context_.plan.steps[id].after;
            return std::any_of(after.begin(), after.end(),
                               [&](StepId other) { return std::find(waiting.begin(), waiting.end(), other) != waiting.end(); });
        };
        for (bool shrank = true; shrank;) {
            const auto ordered = std::find_if(waiting.begin(), waiting.end(), [&](StepId id) { return !waits(id); });
            shrank = ordered != waiting.end();
            if (shrank) waiting.erase(ordered);
        }
        if (waiting.empty()) return;
        std::string names;
        for (const StepId id : waiting) names += (names.empty() ? "`" : ", `") + context_.plan.steps[id].heading.name + "`";
        context_.sink.report(messages::step_order, context_.plan.steps[waiting.front()].heading.span, diagnostics::Words{names});
        for (const StepId id : waiting) context_.plan.steps[id].after.clear();
    }

    Id<model::Procedure> procedure_;
    Context& context_;
    std::vector<std::pair<StepId, const ast::Clause*>> explicit_order_;
};

}  // namespace

void lay_out_steps(const ast::Clause& clause, Id<model::Procedure> id, Context& context) { Layout(id, context).run(clause); }

}  // namespace muster::sema
