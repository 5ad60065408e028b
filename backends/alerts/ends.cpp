#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <set>

#include "backends/alerts/promql.h"
#include "backends/alerts/rules.h"
#include "backends/jobs/home.h"
#include "backends/jobs/jobs.h"

namespace muster::backends::alerts {
namespace {

using model::Plan;
using model::Probe;
using std::chrono::days;
using std::chrono::sys_days;
using yaml::Value;

// How long before its end something is said to be near it.
constexpr days before_secret{30};
constexpr days before_certificate{14};

// `date` is ISO, as sema has it.
sys_days day_of(const std::string& date) {
    const auto number = [&](std::size_t from, std::size_t length) {
        int value = 0;
        std::from_chars(date.data() + from, date.data() + from + length, value);
        return value;
    };
    const auto month = static_cast<unsigned>(number(5, 2)), day = static_cast<unsigned>(number(8, 2));
    return sys_days{std::chrono::year{number(0, 4)} / std::chrono::month{month} / std::chrono::day{day}};
}

std::string shown(sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

Value annotations(const support::Sources& sources, const support::Span& span, const std::string& summary, const std::string& description) {
    return Value::map({{"summary", template_text(summary)},
                       {"description", template_text(description)},
                       {"source", template_text(jobs::place_of(sources, span))}});
}

Value ending(const support::Sources& sources, const model::Secret& secret, const std::string& alert, sys_days end,
             const std::string& what) {
    const auto from = std::chrono::sys_seconds{end - before_secret}.time_since_epoch().count();
    const Value labels = Value::map({{"severity", "warning"}, {"secret", template_text(secret.heading.name)}});
    return rule(
        alert, fmt::format("vector(time()) >= {}", from), "0s", labels,
        annotations(sources, secret.heading.span, fmt::format("secret {} {} on {}", secret.heading.name, what, shown(end)),
                    "What it opens or encrypts cannot be recovered with it after that. When it has been renewed, say so in the plan "
                    "and compile it again."));
}

void add_secrets(const Plan& plan, const support::Sources& sources, Value& list) {
    for (const model::Secret& secret : plan.secrets) {
        if (!secret.expires.empty()) list.add(ending(sources, secret, "SecretExpires", day_of(secret.expires), "expires"));
        if (secret.rotates_every && !secret.rotated.empty())
            list.add(ending(sources, secret, "SecretRotationDue",
                            day_of(secret.rotated) + std::chrono::ceil<days>(secret.rotates_every->value), "is due to be rotated"));
    }
}

// The blackbox exporter says of every check by https when the first certificate of the chain ends.
void add_certificates(const Plan& plan, const support::Sources& sources, Value& list) {
    std::set<std::string> known;
    for (const model::Detector& detector : plan.detectors) {
        if (!detector.check || detector.check->how != Probe::How::http || !detector.check->text.starts_with("https://")) continue;
        if (!known.insert(detector.check->text).second) continue;
        const std::string metric = "probe_ssl_earliest_cert_expiry{instance=" + promql_quote(detector.check->text) + "}";
        list.add(rule("CertificateExpires", fmt::format("{} - time() < {}", metric, std::chrono::seconds{before_certificate}.count()), "0s",
                      Value::map({{"severity", "warning"}, {"detector", template_text(detector.heading.name)}}),
                      annotations(sources, detector.heading.span, "the certificate of " + detector.check->text + " is near its end",
                                  fmt::format("It ends within {} days.", before_certificate.count()))));
    }
}

}  // namespace

void add_ending_rules(const Plan& plan, const support::Sources& sources, Rules& rules) {
    Value list = Value::list();
    add_secrets(plan, sources, list);
    add_certificates(plan, sources, list);
    if (list.items()->empty()) return;
    const std::string site = jobs::home_at(plan, jobs::first_active_site(plan)).site;
    rules.groups.push_back(Value::map({{"name", "muster-ends-" + site}, {"rules", list}}));
}

}  // namespace muster::backends::alerts
