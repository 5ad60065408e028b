#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Classification;
using model::Dataset;
using model::Domain;
using model::Store;

// A class that is declared brings what its declaration says; any other is a word for people.
void read_classes(Reader& reader, Dataset& data) {
    while (reader.at_word()) {
        const auto known = reader.context().names.of<Classification>().find(reader.peek().text);
        if (known) data.classified.push_back(*known);
        data.classes.push_back(reader.word());
    }
}

const ClauseTable<Dataset> data_clauses{
    {"in", once<Dataset>([](Reader& r, Dataset& d) { d.in = r.refs<model::Service>(); })},
    {"files", once<Dataset>([](Reader& r, Dataset& d) { d.files = r.words(); })},
    {"size", once<Dataset>([](Reader& r, Dataset& d) { d.size = r.size(); })},
    {"changes", once<Dataset>([](Reader& r, Dataset& d) { d.changes = r.rate(true); })},
    {"restores", once<Dataset>([](Reader& r, Dataset& d) {
         r.take("at");
         d.restores_at = r.rate();
     })},
    {"rebuilt", once<Dataset>([](Reader& r, Dataset& d) {
         r.take("in");
         d.rebuilt_in = r.said_duration();
     })},
    {"class", once<Dataset>(read_classes)},
    {"retained", once<Dataset>([](Reader& r, Dataset& d) { d.retained = r.said_time(); })},
};

void read_location(Reader& reader, Store& store) {
    store.type = reader.clause().keyword();
    store.location = reader.word();
}

void read_at(Reader& reader, Store& store) {
    if (const auto site = reader.ref<model::Site>()) store.at = site->value;
}

void read_encrypted(Reader& reader, Store& store) {
    store.encrypted = reader.word();
    if (!reader.take("key")) return;
    store.key_secret = reader.secret_ahead();
    store.key = reader.word();
}

void read_replication(Reader& reader, Store& store) {
    reader.take("to");
    const auto to = reader.ref<Store>();
    model::StoreReplication replication;
    if (reader.take("lag")) replication.lag = reader.duration();
    replication.with_deletes = reader.take("with");
    if (!to) return;
    if (&reader.context().plan.stores[to->value] == &store) {
        report_itself(reader.context(), reader.clause(), to->span, "a store is no copy of itself");
        return;
    }
    replication.to = *to;
    store.replicates.push_back(replication);
}

void read_storage_class(Reader& reader, Store& store) {
    store.storage_class = reader.word();
    if (reader.take("retrieval")) store.retrieval = reader.said_duration();
}

const ClauseTable<Store> store_clauses{
    {"s3", once_as<Store>("where the store is", read_location)},
    {"gcs", once_as<Store>("where the store is", read_location)},
    {"azure", once_as<Store>("where the store is", read_location)},
    {"nfs", once_as<Store>("where the store is", read_location)},
    {"volume", once_as<Store>("where the store is", read_location)},
    {"git", once_as<Store>("where the store is", read_location)},
    {"registry", once_as<Store>("where the store is", read_location)},
    {"at", once<Store>(read_at)},
    {"provider", once<Store>([](Reader& r, Store& s) { s.provider = r.domain(Domain::Level::provider); })},
    {"region", once<Store>([](Reader& r, Store& s) { s.region = r.domain(Domain::Level::region); })},
    {"account", once<Store>([](Reader& r, Store& s) { s.account = r.domain(Domain::Level::account); })},
    {"rate", once<Store>([](Reader& r, Store& s) { s.rate = r.rate(); })},
    {"restores", once<Store>([](Reader& r, Store& s) {
         r.take("at");
         s.restores_at = r.rate();
     })},
    {"storage", once<Store>(read_storage_class)},
    {"immutable", once<Store>([](Reader& r, Store& s) { s.immutable = r.time(); })},
    {"encrypted", once<Store>(read_encrypted)},
    {"credentials", once<Store>([](Reader& r, Store& s) { s.credentials = r.refs<model::Secret>(); })},
    {"replicates", often<Store>(read_replication)},
};

const ClauseTable<Classification> classification_clauses{
    {"retained", once<Classification>([](Reader& r, Classification& c) { c.retained = r.said_time(); })},
    {"encrypted", once<Classification>([](Reader&, Classification& c) { c.encrypted = true; })},
    {"compliance", once<Classification>([](Reader& r, Classification& c) { c.compliance = r.words(); })},
    {"policy", once<Classification>([](Reader& r, Classification& c) { c.policy = read_policy(r); })},
};

using model::CopyPolicy;

support::Said<std::int64_t> at_least(Reader& reader) {
    const Span span = reader.peek().span;
    return {reader.number(1, 1'000), span};
}

const ClauseTable<CopyPolicy> policy_clauses{
    {"copies", once<CopyPolicy>([](Reader& r, CopyPolicy& p) { p.copies = at_least(r); })},
    {"kinds", once<CopyPolicy>([](Reader& r, CopyPolicy& p) { p.kinds = at_least(r); })},
    {"elsewhere", once<CopyPolicy>([](Reader& r, CopyPolicy& p) { p.elsewhere = at_least(r); })},
    {"immutable", once<CopyPolicy>([](Reader& r, CopyPolicy& p) { p.immutable = r.said_time(); })},
    {"encrypted", once<CopyPolicy>([](Reader&, CopyPolicy& p) { p.encrypted = true; })},
    {"verified", once<CopyPolicy>([](Reader& r, CopyPolicy& p) {
         r.take("every");
         p.verified_every = r.said_time();
     })},
    {"retained", once<CopyPolicy>([](Reader& r, CopyPolicy& p) { p.retained = r.said_time(); })},
};

}  // namespace

model::CopyPolicy read_policy(Reader& reader) {
    CopyPolicy policy;
    policy.span = reader.clause().span;
    model::Heading remarks;
    ast::Clause without_remarks = reader.clause();
    std::erase_if(without_remarks.body, [&](const ast::Clause& inner) {
        Reader remark(inner.values, inner, reader.context());
        return read_remark(remark, remarks, reader.clause());
    });
    read_clauses(without_remarks, policy, policy_clauses, reader.context());
    policy.notes = remarks.notes;
    return policy;
}

void read_classification(const ast::Clause& clause, Classification& classification, Context& context) {
    read_clauses(clause, classification, classification_clauses, context);
}
void read_data(const ast::Clause& clause, Dataset& data, Context& context) { read_clauses(clause, data, data_clauses, context); }
void read_store(const ast::Clause& clause, Store& store, Context& context) { read_clauses(clause, store, store_clauses, context); }

}  // namespace muster::sema
