#include "backends/jobs/names.h"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

using namespace muster::backends::jobs;

TEST_CASE("a name that fits stays, any other becomes one that does") {
    CHECK(object_name("backup-dump-nexus-db") == "backup-dump-nexus-db");
    CHECK(object_name(std::string(63, 'a')) == std::string(63, 'a'));
    const std::regex label("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    const std::vector<std::string> wanted{"",
                                          "-",
                                          "Orders",
                                          "orders_eu",
                                          "orders-",
                                          "a/b",
                                          "\xC3\xBC",
                                          std::string(64, 'a'),
                                          std::string(64, 'a') + "b",
                                          std::string(40, 'a') + std::string(40, '-') + "b",
                                          "orders.EU"};
    for (const std::size_t longest : {longest_cronjob_name, longest_name})
        for (const std::string& name : wanted) {
            INFO(name);
            CHECK(std::regex_match(object_name(name, longest), label));
            CHECK(object_name(name, longest).size() <= longest);
        }
}

TEST_CASE("different names stay different") {
    std::set<std::string> names;
    const std::vector<std::string> wanted{
        "orders-eu", "orders_eu", "Orders-EU", "orders.eu", std::string(70, 'a'), std::string(71, 'a'), std::string(70, 'a') + "b"};
    for (const std::string& name : wanted) names.insert(object_name(name));
    CHECK(names.size() == wanted.size());
}

TEST_CASE("a cut keeps what can be read and adds a hash") { CHECK(object_name("Orders_EU") == "orders-eu-b6ce662b"); }
