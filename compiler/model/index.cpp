#include "compiler/model/index.h"

#include <algorithm>

#include "compiler/model/plan.h"

namespace muster::model {
namespace {

template <class T>
void tidy(std::vector<std::vector<Id<T>>>& lists) {
    for (auto& list : lists) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
}

void add_service(const Service& service, Id<Service> id, Index& index) {
    for (const auto& data : service.uses) index.users[data.value.value].push_back(id);
    for (const Alternatives& any_of : service.needs)
        for (const SaidThing& thing : any_of)
            if (thing.value.kind == Kind::service) index.needed_by[thing.value.index].push_back(id);
}

}  // namespace

Index index_of(const Plan& plan) {
    Index index;
    index.copies.resize(plan.data.size());
    index.users.resize(plan.data.size());
    index.held.resize(plan.services.size());
    index.needed_by.resize(plan.services.size());
    for (const Id<Copy> id : plan.copies.ids())
        for (const auto& data : plan.copies[id].of) index.copies[data.value.value].push_back(id);
    for (const Id<Service> id : plan.services.ids()) add_service(plan.services[id], id, index);
    for (const Id<Dataset> id : plan.data.ids())
        for (const auto& holder : plan.data[id].in) {
            index.users[id.value].push_back(holder.value);
            index.held[holder.value.value].push_back(id);
        }
    tidy(index.copies);
    tidy(index.users);
    tidy(index.held);
    tidy(index.needed_by);
    return index;
}

}  // namespace muster::model
