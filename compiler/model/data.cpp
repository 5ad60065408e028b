#include "compiler/model/data.h"

namespace muster::model {

std::string_view Copy::kind_name() const {
    if (replica() != nullptr) return "replica";
    if (archive() != nullptr) return "archive";
    if (repository() != nullptr) return "repository";
    return backup()->snapshot ? "snapshot" : "backup";
}

std::vector<Id<Store>> Copy::stores() const {
    std::vector<Id<Store>> all;
    if (repository() != nullptr)
        for (const auto& store : repository()->in) all.push_back(store.value);
    if (archive() != nullptr)
        for (const Destination& destination : archive()->to) all.push_back(destination.store);
    if (backup() != nullptr)
        for (const Destination& destination : backup()->to) all.push_back(destination.store);
    return all;
}

}  // namespace muster::model
