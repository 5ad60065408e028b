#include "compiler/sema/clauses.h"
#include "compiler/sema/read.h"

namespace muster::sema {
namespace {

using model::Dataset;
using model::Domain;
using model::Store;

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
    {"class", once<Dataset>([](Reader& r, Dataset& d) { d.classes = r.words(); })},
};

void read_location(Reader& reader, Store& store) {
    store.type = reader.clause().keyword();
    store.location = reader.word();
}

void read_at(Reader& reader, Store& store) {
    if (const auto site = reader.ref<model::Site>()) store.at = site->value;
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
    {"encrypted", once<Store>([](Reader& r, Store& s) { s.encrypted = r.word(); })},
};

}  // namespace

void read_data(const ast::Clause& clause, Dataset& data, Context& context) { read_clauses(clause, data, data_clauses, context); }
void read_store(const ast::Clause& clause, Store& store, Context& context) { read_clauses(clause, store, store_clauses, context); }

}  // namespace muster::sema
