#include "compiler/sema/resolve.h"

#include <filesystem>

#include "compiler/diagnostics/messages.h"
#include "compiler/sema/complete.h"
#include "compiler/sema/declare.h"
#include "compiler/sema/families.h"
#include "compiler/sema/profiles.h"
#include "compiler/sema/read.h"
#include "compiler/support/hash.h"

namespace muster::sema {
namespace {

template <class T, class Read>
void read_all(Declarations& found, support::Table<T>& table, Context& context, Read read) {
    for (const Pending<T>& pending : found.of<T>()) read(*pending.clause, table[pending.id], context);
}

template <class T, class Read>
void read_all_by_id(Declarations& found, Context& context, Read read) {
    for (const Pending<T>& pending : found.of<T>()) read(*pending.clause, pending.id, context);
}

// In this order because sites and stores name the domains that scenarios refer to, and the plan its time zone.
void read_everything(Declarations& found, Context& context) {
    model::Plan& plan = context.plan;
    for (const ast::Clause* clause : found.plans) read_plan(*clause, context);
    read_all(found, plan.tiers, context, read_tier);
    read_all_by_id<model::Site>(found, context, read_site);
    read_all(found, plan.stores, context, read_store);
    read_all(found, plan.roles, context, read_role);
    read_all(found, plan.channels, context, read_channel);
    read_all(found, plan.tools, context, read_tool);
    read_all(found, plan.externals, context, read_external);
    read_all(found, plan.links, context, read_link);
    read_all(found, plan.secrets, context, read_secret);
    read_all(found, plan.classifications, context, read_classification);
    read_all(found, plan.contacts, context, read_contact);
    read_all(found, plan.services, context, read_service);
    read_all(found, plan.data, context, read_data);
    read_all(found, plan.copies, context, read_copy);
    read_all_by_id<model::Procedure>(found, context, read_procedure);
    read_all(found, plan.detectors, context, read_detector);
    read_all(found, plan.scenarios, context, read_scenario);
    expand_families(context);
    read_all(found, plan.messages, context, read_message);
    read_all(found, plan.drills, context, read_drill);
    read_all(found, plan.duties, context, read_duty);
    read_all(found, plan.checklists, context, read_checklist);
    read_all(found, plan.expectations, context, read_expectation);
    read_all(found, plan.what_ifs, context, read_what_if);
}

// `service shop : critical`
template <class T>
void read_tiers(Declarations& found, support::Table<T>& table, Context& context) {
    for (const Pending<T>& pending : found.of<T>()) {
        const auto& values = pending.clause->values;
        if (values.size() < 3 || values.back().kind != ast::Kind::name) continue;
        Reader reader(values, *pending.clause, context, values.size() - 1);
        if (auto tier = reader.ref<model::Tier>()) table[pending.id].tier = *tier;
    }
}

std::string hash_of(const support::Sources& sources) {
    std::string all;
    for (std::uint32_t i = 0; i < sources.size(); ++i)
        all += std::filesystem::path(sources[{i}].path()).filename().string() + '\n' + support::sha256(sources[{i}].text()) + '\n';
    return support::sha256(all);
}

}  // namespace

model::Plan resolve(const std::vector<ast::File>& files, const support::Sources& sources, diagnostics::Sink& sink) {
    model::Plan plan;
    plan.hash = hash_of(sources);
    Names names;
    Context context{plan, names, sink};
    Declarations found = declare(files, context);
    enter(measured_in(files, sources, sink), context);
    put_in_force(found, context);
    read_tiers(found, plan.services, context);
    read_tiers(found, plan.data, context);
    read_everything(found, context);
    fill_in(context);
    plan.index = model::index_of(plan);
    if (found.plans.empty() && !sink.has_errors())
        sink.report(diagnostics::messages::no_plan, {}).help =
            "start with `plan NAME \"title\"`; a folder is one plan of all the .drp files in it";
    // What could not be read may be the very clause that is missed.
    if (!sink.has_errors()) report_incomplete(files, sink);
    return plan;
}

}  // namespace muster::sema
