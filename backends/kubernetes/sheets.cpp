#include "backends/kubernetes/sheets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "backends/jobs/retention.h"
#include "backends/jobs/tools.h"
#include "backends/kubernetes/objects.h"
#include "backends/kubernetes/shipping.h"

namespace muster::backends::kubernetes {
namespace {

using jobs::Job;
using model::Plan;
using support::Id;
using yaml::Value;

struct Site {
    std::vector<std::string> files;
    std::vector<Sheet> sheets;
    std::map<std::string, std::string> images;                  ///< that do not do, by job, with the reason
    std::set<std::string> namespaces;                           ///< that are made for drills, each once
    std::map<std::string, std::string> secrets;                 ///< what each holds, by namespace and name
    std::map<std::string, std::set<std::string>> claims;        ///< of data: where each is mounted
    std::set<std::pair<std::string, Id<model::Store>>> stores;  ///< that are volumes, by namespace
    std::vector<std::string> stand_by;                          ///< jobs that are suspended until it takes over
    std::vector<std::string> handed_over;                       ///< jobs that are another site's once that has taken over
};

// What all backups keep there, and forever as if it were a year; ten gibibytes for each of unknown size.
std::int64_t bytes_kept(const Plan& plan, Id<model::Store> store, jobs::Instant as_of) {
    constexpr std::int64_t unknown = std::int64_t{10} << 30;
    constexpr std::int64_t most = std::int64_t{1} << 53;
    std::int64_t sum = 0;
    for (const model::Copy& copy : plan.copies) {
        const auto stores = copy.backup() == nullptr ? std::vector<Id<model::Store>>{} : jobs::first_stores(*copy.backup());
        if (std::ranges::find(stores, store) == stores.end() || !copy.backup()->schedule) continue;
        const auto size = jobs::size_of(plan, copy).value_or(support::Size{unknown});
        std::int64_t bytes = 0;
        if (__builtin_mul_overflow(size.bytes, jobs::runs_kept(plan, *copy.backup(), store, as_of), &bytes)) bytes = most;
        sum = std::min(most, std::min(most, bytes) + sum);
    }
    return sum;
}

std::string mounted(const Mount& mount) {
    return mount.sub_path.empty() ? mount.path : fmt::format("{} (its folder {})", mount.path, mount.sub_path);
}

void note_needs(const Plan& plan, const Job& job, const Needs& needs, Site& site) {
    for (const Container& container : needs.containers)
        for (const Secret& secret : container.secrets)
            site.secrets[job.in_namespace + "/" + secret.name] = secret.holds + (secret.optional ? " (may be missing)" : "");
    for (const Mount& mount : needs.mounts) {
        const auto ids = plan.stores.ids();
        const auto store = std::ranges::find_if(ids, [&](Id<model::Store> id) { return claim_of(plan.stores[id]) == mount.claim; });
        if (store != ids.end()) site.stores.insert({job.in_namespace, *store});
        else site.claims[job.in_namespace + "/" + mount.claim].insert(mounted(mount));
    }
}

void add_job(const Plan& plan, const support::Sources& sources, const Job& job, jobs::Instant as_of, Site& site) {
    Needs needs = needs_of(plan, sources, job, as_of);
    needs.makes_namespace = needs.makes_namespace && site.namespaces.insert(needs.rules_namespace).second;
    const Origin origin{plan, sources, job};
    Sheet sheet{"kubernetes/" + job.site + "/" + job.name + ".yaml", {}, job.span};
    for (Value& one : objects_beside(origin, needs)) sheet.documents.push_back({std::move(one), {}});
    sheet.documents.push_back({cronjob(origin, needs), {}});
    site.files.push_back(job.name + ".yaml");
    if (job.standby) site.stand_by.push_back(job.name);
    site.sheets.push_back(std::move(sheet));
    if (needs.image_lacks) site.images[job.name] = needs.image_as;
    note_needs(plan, job, needs, site);
}

void add_volumes(const Plan& plan, const support::Sources& sources, const std::string& name, jobs::Instant as_of, Site& site) {
    if (site.stores.empty()) return;
    Sheet sheet{"kubernetes/" + name + "/volumes.yaml", {}, plan.stores[site.stores.begin()->second].heading.span};
    for (const auto& where : site.stores)
        sheet.documents.push_back(
            {volume_claim(plan, sources, plan.stores[where.second], where.first, bytes_kept(plan, where.second, as_of)), {}});
    site.files.emplace_back("volumes.yaml");
    site.sheets.push_back(std::move(sheet));
}

constexpr std::string_view suspended_until =
    "Jobs with `suspend: true` are for when this site has taken over: apply the folder `.active` beside this one then, and on the\n"
    "other site, once it can be reached again, its folder `.suspended`, so that what is out of date is not backed up as the newest.\n";

std::string remark_of(const Site& site, const std::vector<jobs::LeftOut>& left_out, const std::string& shipping) {
    std::string text = "The scheduled jobs of one site: `kubectl apply -k` takes this folder as it is.\n";
    if (!site.stand_by.empty()) text += suspended_until;
    if (!site.secrets.empty())
        text +=
            "\nSecrets that have to be there, by namespace and name, and what they hold.\nKeep a copy outside this cluster: what is "
            "restored after its loss needs it.\n";
    for (const auto& [name, holds] : site.secrets) text += fmt::format("  {}: {}\n", name, holds);
    if (!site.claims.empty()) text += "\nVolume claims of the data, to be there or to be patched, and where they are mounted:\n";
    for (const auto& [name, paths] : site.claims) text += fmt::format("  {}: {}\n", name, fmt::join(paths, ", "));
    text += shipping;
    if (!site.images.empty()) text += "\nImages in which a job fails:\n";
    for (const auto& [job, why] : site.images) text += fmt::format("  {}: {}\n", job, why);
    if (!left_out.empty()) text += "\nNot made here:\n";
    for (const jobs::LeftOut& one : left_out) text += fmt::format("  {}: {}\n", one.what, one.why);
    return text;
}

Sheet kustomization(const Plan& plan, const std::string& name, const Site& site, const std::vector<jobs::LeftOut>& left_out) {
    Value resources = Value::list();
    for (const std::string& file : site.files) resources.add(file);
    const Value document =
        Value::map({{"apiVersion", "kustomize.config.k8s.io/v1beta1"}, {"kind", "Kustomization"}, {"resources", resources}});
    return {
        "kubernetes/" + name + "/kustomization.yaml", {{document, remark_of(site, left_out, shipping_of(plan, name))}}, plan.heading.span};
}

// The folder beside it in which these jobs are started or suspended, and all else is as it was. It cannot lie in the site's own folder:
// kustomize takes that for a cycle. No name of a site has a dot.
Sheet switched(const Plan& plan, const std::string& name, const std::vector<std::string>& names, bool active) {
    const std::string change = fmt::format("- op: add\n  path: /spec/suspend\n  value: {}\n", active ? "false" : "true");
    const std::string pattern = fmt::format("({})", fmt::join(names, "|"));
    const Value target = Value::map({{"group", "batch"}, {"version", "v1"}, {"kind", "CronJob"}, {"name", pattern}});
    const Value document = Value::map({{"apiVersion", "kustomize.config.k8s.io/v1beta1"},
                                       {"kind", "Kustomization"},
                                       {"resources", Value::list({"../" + name})},
                                       {"patches", Value::list({Value::map({{"target", target}, {"patch", change}})})}});
    const std::string remark = active ? "For when this site has taken over: its jobs run."
                                      : "For when another site has taken over what runs here: its jobs do not run.";
    return {
        fmt::format("kubernetes/{}.{}/kustomization.yaml", name, active ? "active" : "suspended"), {{document, remark}}, plan.heading.span};
}

// A site hands over where another one has the same job standing by.
void note_hand_over(const jobs::Jobs& all, std::map<std::string, Site>& sites) {
    std::set<std::string> standing_by;
    for (const Job& job : all.all)
        if (job.standby) standing_by.insert(job.name);
    for (const Job& job : all.all)
        if (!job.standby && standing_by.contains(job.name)) sites[job.site].handed_over.push_back(job.name);
}

}  // namespace

std::vector<Sheet> sheets(const Plan& plan, const support::Sources& sources, jobs::Instant as_of) {
    const jobs::Jobs all = jobs::jobs_of(plan, as_of);
    std::map<std::string, Site> sites;
    for (const Job& job : all.all) add_job(plan, sources, job, as_of, sites[job.site]);
    note_hand_over(all, sites);
    std::vector<Sheet> made;
    for (auto& [name, site] : sites) {
        add_volumes(plan, sources, name, as_of, site);
        std::sort(site.files.begin(), site.files.end());
        made.push_back(kustomization(plan, name, site, all.left_out));
        if (!site.stand_by.empty()) made.push_back(switched(plan, name, site.stand_by, true));
        if (!site.handed_over.empty()) made.push_back(switched(plan, name, site.handed_over, false));
        std::move(site.sheets.begin(), site.sheets.end(), std::back_inserter(made));
    }
    return made;
}

}  // namespace muster::backends::kubernetes
