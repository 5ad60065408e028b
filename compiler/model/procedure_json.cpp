// Procedures and their steps.

#include "compiler/model/entry_json.h"

namespace muster::model {

static ordered_json json_of(const Exporter& all, const Question& value) {
    return Entry(all).put("name", value.name).put("text", value.text).done();
}

static ordered_json json_of(const Exporter& all, const Phase& value) {
    return Entry(all, value.heading).put("within", value.within).done();
}

ordered_json json_of(const Exporter& all, const Procedure& value) {
    ordered_json steps = ordered_json::array();
    for (const Id<Step> id : value.steps) steps.push_back(json_of(all, all.plan.steps[id]));
    return Entry(all, value.heading)
        .put("recovers", value.recovers)
        .put("within", value.within)
        .put("asks", value.asks)
        .put("fails_back_in", value.fails_back_in)
        .put("phases", value.phases)
        .put("steps", steps)
        .done();
}

ordered_json json_of(const Exporter& all, const Step& value) {
    Entry entry(all, value.heading);
    entry.put("phase", value.phase)
        .put("afterwards", value.afterwards)
        .put("on", value.on)
        .put("by", value.by)
        .put("automatic", value.automatic)
        .put("requires", value.required)
        .put("after", value.after)
        .put("takes", value.takes)
        .put("timeout", value.timeout)
        .put("fails_millionths", value.fails)
        .put("retries", value.retries)
        .put("retry_every", value.retry_every)
        .put("otherwise", value.otherwise)
        .put("skip_if_down", value.skip_if_down)
        .put("only_if", value.only_if)
        .put("completes", value.completes)
        .put("prechecks", value.prechecks)
        .put("done_when", value.done_when)
        .put("verifications", value.verifications)
        .put("undo", value.undo)
        .put("own_command", value.own_command)
        .put("action", value.action);
    return entry.done();
}

}  // namespace muster::model
