#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"
#include "compiler/sema/schedule.h"

namespace muster::sema {
namespace {

using model::Archive;
using model::Backup;
using model::Copy;
using model::Replica;
using model::Retention;
using model::Verification;

template <class T>
T& as(Copy& copy) {
    return std::get<T>(copy.means);
}

std::vector<model::Destination> destinations(Reader& reader) {
    std::vector<model::Destination> all;
    Reader::Listed<Id<model::Store>> listed;
    while (!reader.done()) {
        const ast::Value& written = reader.peek();
        Reader items = reader.group();
        const auto store = items.ref<model::Store>();
        const auto after = items.take("after") ? std::optional(items.time()) : std::nullopt;
        if (store && reader.is_fresh(listed, *store, written.items.front().text)) all.push_back({store->value, after, written.span});
    }
    return all;
}

Retention retention(Reader items, Span span) {
    static const std::map<std::string_view, Retention::Grade> grades{{"hourly", Retention::Grade::hourly},
                                                                     {"daily", Retention::Grade::daily},
                                                                     {"weekly", Retention::Grade::weekly},
                                                                     {"monthly", Retention::Grade::monthly},
                                                                     {"yearly", Retention::Grade::yearly}};
    Retention kept;
    kept.span = span;
    if (!items.take("forever")) kept.length = items.time();
    while (!items.done()) {
        if (!items.take("in")) {
            kept.grade = grades.at(items.word());
        } else if (const auto store = items.ref<model::Store>()) {
            kept.in = store->value;
        }
    }
    return kept;
}

std::vector<Retention> retentions(Reader& reader) {
    std::vector<Retention> all;
    while (!reader.done()) {
        const Span span = reader.peek().span;
        all.push_back(retention(reader.group(), span));
    }
    return all;
}

const ClauseTable<Verification> verify_clauses{
    {"every", once_as<Verification>("the schedule", [](Reader& r, Verification& v) { v.schedule = read_schedule(r); })},
    {"cron", once_as<Verification>("the schedule", [](Reader& r, Verification& v) { v.schedule = read_schedule(r); })},
    {"by", once<Verification>([](Reader& r, Verification& v) {
         const std::string how = r.word();
         v.how = how == "restore"    ? Verification::How::restore
                 : how == "checksum" ? Verification::How::checksum
                                     : Verification::How::listing;
     })},
    {"check", often<Verification>([](Reader& r, Verification& v) { v.checks.push_back(r.probe()); })},
    {"takes", once<Verification>([](Reader& r, Verification& v) { v.takes = r.said_duration(); })},
};

// A verification has no heading of its own: what it remarks belongs to its copy.
template <class Means>
void read_verification(Reader& reader, Copy& copy) {
    Verification verification;
    verification.span = reader.clause().span;
    ast::Clause without_remarks = reader.clause();
    std::erase_if(without_remarks.body, [&](const ast::Clause& inner) {
        Reader remark(inner.values, inner, reader.context());
        return read_remark(remark, copy.heading, reader.clause());
    });
    read_clauses(without_remarks, verification, verify_clauses, reader.context());
    as<Means>(copy).verifications.push_back(verification);
}

template <class Means>
void read_encryption(Reader& reader, Copy& copy) {
    as<Means>(copy).encrypted_with = reader.word();
    reader.take("key");
    as<Means>(copy).key_secret = reader.secret_ahead();
    as<Means>(copy).key = reader.word();
}

const ClauseTable<Copy> replica_clauses{
    {"from", once<Copy>([](Reader& r, Copy& c) {
         if (const auto from = r.place()) as<Replica>(c).from = from->value;
         r.take("to");
         if (const auto to = r.place()) as<Replica>(c).to = to->value;
     })},
    {"mode", once<Copy>([](Reader& r, Copy& c) { as<Replica>(c).synchronous = r.word() == "sync"; })},
    {"lag", once<Copy>([](Reader& r, Copy& c) { as<Replica>(c).lag = r.said_duration(); })},
    {"falls", once<Copy>([](Reader&, Copy& c) { as<Replica>(c).falls_back = true; })},
    {"delayed", once<Copy>([](Reader& r, Copy& c) { as<Replica>(c).delayed = r.said_duration(); })},
};

const ClauseTable<Copy> archive_clauses{
    {"every", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).every = r.said_time(); })},
    {"upload", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).upload = r.duration(); })},
    {"to", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).to = destinations(r); })},
    {"base", once<Copy>([](Reader& r, Copy& c) {
         std::vector<Id<model::Dataset>> data;
         for (const auto& of : c.of) data.push_back(of.value);
         const Span span = r.peek().span;
         if (const auto base = r.copy_of(data, "backup", [](const Copy& copy) { return copy.backup() != nullptr; }))
             as<Archive>(c).base = support::Said<Id<Copy>>{*base, span};
     })},
    {"replay", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).replay = r.rate(); })},
    {"keep", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).keep = retentions(r); })},
    {"with", once<Copy>([](Reader& r, Copy& c) { as<Archive>(c).tool = r.word(); })},
    {"encrypt", once<Copy>(read_encryption<Archive>)},
    {"verify", often<Copy>(read_verification<Archive>)},
};

const ClauseTable<Copy> backup_clauses{
    {"with", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).tool = r.word(); })},
    {"using", once<Copy>([](Reader& r, Copy& c) {
         as<Backup>(c).own_command_span = r.peek().span;
         as<Backup>(c).own_command = r.word();
     })},
    {"every", once_as<Copy>("the schedule", [](Reader& r, Copy& c) { as<Backup>(c).schedule = read_schedule(r); })},
    {"cron", once_as<Copy>("the schedule", [](Reader& r, Copy& c) { as<Backup>(c).schedule = read_schedule(r); })},
    {"starts", once<Copy>([](Reader& r, Copy& c) {
         r.take("within");
         as<Backup>(c).starts_within = r.said_time();
     })},
    {"takes", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).takes = r.duration(); })},
    {"upload", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).upload = r.said_duration(); })},
    {"size", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).size = r.size(); })},
    {"to", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).to = destinations(r); })},
    {"keep", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).keep = retentions(r); })},
    {"encrypt", once<Copy>(read_encryption<Backup>)},
    {"tolerates", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).tolerates_missed = r.number(0, 1'000); })},
    {"notifies", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).notifies = r.refs<model::Channel>(); })},
    {"image", once<Copy>([](Reader& r, Copy& c) { as<Backup>(c).image = r.word(); })},
    {"verify", often<Copy>(read_verification<Backup>)},
};

const ClauseTable<Copy> repository_clauses{
    {"in", once<Copy>([](Reader& r, Copy& c) { as<model::Repository>(c).in = r.refs<model::Store>(); })},
};

}  // namespace

void read_copy(const ast::Clause& clause, Copy& copy, Context& context) {
    const ClauseTable<Copy>& table = copy.replica() != nullptr      ? replica_clauses
                                     : copy.archive() != nullptr    ? archive_clauses
                                     : copy.repository() != nullptr ? repository_clauses
                                                                    : backup_clauses;
    read_clauses(clause, copy, table, context);
}

}  // namespace muster::sema
