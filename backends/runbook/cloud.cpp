#include "backends/runbook/cloud.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/jobs/tools.h"
#include "backends/runbook/bash.h"
#include "backends/shell/quote.h"
#include "compiler/support/utf8.h"

namespace muster::backends::runbook {
namespace {

using model::Tool;
using shell::quote;

// Letters and digits in lower case, so that "Route 53" and "route-53" are one name.
std::string letters(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') kept += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
    }
    return kept;
}

bool is_called(const Tool& tool, std::string_view name) {
    return letters(tool.heading.name).find(name) != std::string::npos || letters(tool.heading.title).find(name) != std::string::npos;
}

struct DnsService {
    std::string_view called;
    std::string_view name;  // of its functions in the runner
    std::string_view client;
};
constexpr std::array<DnsService, 3> dns_services{
    {{"route53", "route53", "aws"}, {"clouddns", "clouddns", "gcloud"}, {"cloudflare", "cloudflare", "curl"}}};

// The service that the plan's tool for DNS is; nothing where there is none, or several.
const DnsService* dns_service(const model::Plan& plan) {
    const DnsService* found = nullptr;
    for (const Tool& tool : plan.tools)
        for (const DnsService& service : dns_services) {
            if (!is_called(tool, service.called) || found == &service) continue;
            if (found != nullptr) return nullptr;
            found = &service;
        }
    return found;
}

std::string sentence_of(const StepIn& in, const model::SwitchDns& dns) {
    return fmt::format("Point the DNS name {} at site {}. Resolvers may keep the old answer for its TTL of {}.", dns.name,
                       in.plan.sites[dns.to].heading.name, support::format_duration(dns.ttl.planning()));
}

void provision_by(const std::string& tool, const std::string& what, const std::string& cluster, Work& work) {
    const std::string path = quote(what);
    if (tool == "terraform") {
        work.precheck += "  plan_terraform " + path + "\n";
        work.run("apply_terraform " + path);
        work.verify += "  check_terraform " + path + "\n";
        work.by_hand = fmt::format("terraform -chdir={0} init\nterraform -chdir={0} apply\n", path);
        work.check_by_hand = fmt::format("# It has to find no changes.\nterraform -chdir={} plan\n", path);
    } else if (tool == "eksctl") {
        work.precheck += fmt::format("  eksctl create cluster --config-file={} --dry-run >/dev/null\n", path);
        work.run("apply_eksctl " + path);
        work.verify += fmt::format("  eksctl get nodegroup --config-file={}\n", path);
        work.by_hand = fmt::format("eksctl create cluster --config-file={}\n", path);
        work.check_by_hand = fmt::format("# Every group of nodes has to be active.\neksctl get nodegroup --config-file={}\n", path);
    } else if (tool == "helm") {
        const std::string context = cluster.empty() ? "" : " --context=" + quote(cluster);
        work.uses.insert("kubernetes");
        work.precheck += "  helm lint " + path + "\n";
        work.run(fmt::format("apply_chart {} kubectl{}", path, context));
    } else if (tool == "velero") {
        work.precheck += fmt::format("  velero schedule get {}{}\n", path, cluster.empty() ? "" : " --kubecontext=" + quote(cluster));
        work.run(fmt::format("restore_velero {} {}", path, quote(cluster)));
    } else {
        work.precheck += fmt::format("  ansible-playbook --syntax-check {}\n", path);
        work.run("ansible-playbook " + path);
    }
    if (tool != "velero") work.paths.insert(what);
}

// The tool that keeps `secret` and rotates it by itself.
bool kept_in_secrets_manager(const model::Plan& plan, const model::Secret& secret) {
    return std::any_of(secret.kept_in.begin(), secret.kept_in.end(), [&](const auto& place) {
        return place.value.kind == model::Kind::tool && is_called(plan.tools[Id<Tool>{place.value.index}], "secretsmanager") &&
               !is_called(plan.tools[Id<Tool>{place.value.index}], "vault");
    });
}

void rotate_by_hand(const StepIn& in, const model::Secret& secret, Work& work) {
    std::string places;
    for (const auto& place : secret.kept_in) places += (places.empty() ? " It is kept in " : ", ") + name_of(in.plan, place.value);
    work.ask_for(fmt::format("Replace {} by a new one.{}", secret.heading.label(), places.empty() ? "" : places + "."));
}

// What is captured: what the step names, else every service that the scenario affects.
std::vector<model::Thing> subjects(const StepIn& in, const model::CaptureForensics& capture) {
    std::vector<model::Thing> things;
    for (const auto& thing : capture.of) things.push_back(thing.value);
    if (!things.empty()) return things;
    for (const auto id : in.plan.services.ids())
        if (in.recovery.impact.services[id.value] >= analysis::State::impaired) things.push_back({model::Kind::service, id.value});
    return things;
}

}  // namespace

void add_dns(const StepIn& in, const model::SwitchDns& dns, Work& work) {
    const DnsService* service = dns_service(in.plan);
    const std::string name = quote(dns.name);
    work.check_by_hand = fmt::format("# It has to be the address of site {}.\ndig +short {}\n", in.plan.sites[dns.to].heading.name, name);
    if (service == nullptr) return work.ask_for(sentence_of(in, dns));
    const std::string variable = "MUSTER_ADDRESS_" + variable_part(in.plan.sites[dns.to].heading.name);
    work.variables.insert(variable), work.variables.insert("MUSTER_DNS_ZONE");
    work.tools.insert(std::string(service->client));
    if (service->client == "curl") work.tools.insert("jq");
    work.uses.insert("kubernetes"), work.uses.insert("dns");
    const auto ttl = std::chrono::duration_cast<std::chrono::seconds>(dns.ttl.planning()).count();
    work.precheck += fmt::format("  look_up_dns {} {}\n", service->name, name);
    work.run(fmt::format("switch_dns {} {} {} {}", service->name, name, ttl > 0 ? ttl : 60, variable));
    work.verify += fmt::format("  check_dns {} {} {}\n", service->name, name, variable);
    work.undo += fmt::format("  undo_dns {} {}\n", service->name, name);
    work.note = sentence_of(in, dns);
    work.by_hand = "# " + support::printable(sentence_of(in, dns)) + "\n";
}

void add_provision(const StepIn& in, const model::Provision& provision, Work& work) {
    constexpr std::array<std::string_view, 5> known{"terraform", "eksctl", "helm", "velero", "ansible"};
    const model::Site& site = in.plan.sites[provision.site];
    const bool runs = !provision.directory.empty() && std::find(known.begin(), known.end(), provision.tool) != known.end();
    if (!runs) {
        const std::string what = "Provision site " + site.heading.name;
        return work.ask_for(provision.tool.empty() ? what + "." : fmt::format("{} with {}: {}", what, provision.tool, provision.directory));
    }
    work.uses.insert("cloud");
    work.tools.insert(provision.tool == "ansible" ? "ansible-playbook" : provision.tool);
    provision_by(provision.tool, provision.directory, site.cluster, work);
}

void add_rotate(const StepIn& in, const model::Rotate& rotate, Work& work) {
    for (const auto& said : rotate.secrets) {
        const model::Secret& secret = in.plan.secrets[said.value];
        if (!kept_in_secrets_manager(in.plan, secret)) {
            rotate_by_hand(in, secret, work);
            continue;
        }
        const std::string name = quote(secret.heading.name);
        work.uses.insert("cloud"), work.tools.insert("aws");
        work.precheck += fmt::format("  aws secretsmanager describe-secret --secret-id {} --query RotationEnabled --output text\n", name);
        work.run("rotate_aws_secret " + name);
        work.by_hand += fmt::format("aws secretsmanager rotate-secret --secret-id {}\n", name);
    }
}

void add_forensics(const StepIn& in, const model::CaptureForensics& capture, Work& work) {
    Work added = work;
    std::string others, captured;
    added.uses.insert("restore"), added.uses.insert("cloud");
    added.run("make_folder");
    for (const model::Thing thing : subjects(in, capture)) {
        const auto* service = thing.kind == model::Kind::service ? &in.plan.services[Id<model::Service>{thing.index}] : nullptr;
        if (service == nullptr || workload_of(*service).empty()) {
            others += (others.empty() ? "" : ", ") + name_of(in.plan, thing);
            continue;
        }
        const Where where = where_of(in, Id<model::Service>{thing.index});
        added.run(fmt::format("capture_namespace \"${{folder}}/forensics/\"{} {}", quote(service->heading.name), kubectl(where, added)));
        captured += (captured.empty() ? "" : ", ") + service->heading.name;
    }
    const auto shelf = capture.to ? std::optional(jobs::shelf_of(in.plan.stores[*capture.to])) : std::nullopt;
    if (!captured.empty() && shelf && shelf->reachable()) {
        const std::string prefix = shelf->prefix + "forensics/" + in.plan.scenarios[in.recovery.scenario].file_name() + "/";
        added.run(fmt::format("keep_forensics \"${{folder}}/forensics\" {} {} {}", shelf->kind, quote(shelf->place), quote(prefix)));
        if (shelf->kind == "s3") added.tools.insert("aws");
        if (shelf->kind == "gcs") added.tools.insert("gsutil");
        work = added;
    } else {
        others += (others.empty() || captured.empty() ? "" : ", ") + captured;
    }
    if (others.empty() && !captured.empty()) return;
    const std::string to = capture.to ? " to store " + in.plan.stores[*capture.to].heading.name : std::string();
    work.ask_for(
        fmt::format("Capture the evidence of {}{}, before anything is changed.", others.empty() ? "all that is affected" : others, to));
}

}  // namespace muster::backends::runbook
