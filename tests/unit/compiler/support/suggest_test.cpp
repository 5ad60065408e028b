#include "compiler/support/suggest.h"

#include <catch2/catch.hpp>

namespace muster::support {
namespace {

std::optional<std::string> suggestion(std::string_view written, std::vector<std::string> candidates) {
    return closest(written, candidates);
}

TEST_CASE("a near name is suggested", "[suggest]") {
    CHECK(suggestion("databse", {"web", "database"}) == "database");
    CHECK(suggestion("orders", {"order", "orders-db"}) == "order");
    CHECK(suggestion("replica", {"region", "replicas"}) == "replicas");
}

TEST_CASE("a swap of neighbours is one edit", "[suggest]") {
    CHECK(suggestion("wbe", {"web"}) == "web");
    CHECK(suggestion("ordesr", {"orders"}) == "orders");
}

TEST_CASE("one edit for three letters is near enough, more is not", "[suggest]") {
    CHECK(suggestion("abcdef", {"abcdxy"}) == "abcdxy");
    CHECK_FALSE(suggestion("abcdef", {"abcxyz"}));
    CHECK(suggestion("abc", {"abx"}) == "abx");
    CHECK_FALSE(suggestion("abc", {"axy"}));
}

TEST_CASE("the nearest wins, and of equally near ones the first", "[suggest]") {
    CHECK(suggestion("orders", {"ordexx", "orderz"}) == "orderz");
    CHECK(suggestion("cart", {"care", "card"}) == "care");
}

TEST_CASE("where there is nothing near there is no suggestion", "[suggest]") {
    CHECK_FALSE(suggestion("orders", {}));
    CHECK_FALSE(suggestion("orders", {"web", "a-very-long-name-indeed"}));
    CHECK_FALSE(suggestion("orders", {""}));
}

std::optional<std::string> slip(std::string_view written, std::vector<std::string> candidates) { return slip_of(written, candidates); }

TEST_CASE("a slip of the finger is put right", "[suggest]") {
    CHECK(slip("databse", {"web", "database"}) == "database");
    CHECK(slip("ordesr", {"orders", "web"}) == "orders");
    CHECK(slip("ownr", {"owner", "or", "under"}) == "owner");
    CHECK(slip("failover", {"fail-over"}) == "fail-over");
    CHECK(slip("orders-databse-2", {"orders-database-2"}) == "orders-database-2");
    CHECK(slip("orders", {"orderz", "orderz"}) == "orderz");
}

TEST_CASE("what may be another name stays", "[suggest]") {
    CHECK_FALSE(slip("rtp", {"rto"}));
    CHECK_FALSE(slip("webb", {"web"}));
    CHECK_FALSE(slip("zone-b", {"zone-a"}));
    CHECK_FALSE(slip("orders-eu", {"orders-e"}));
    CHECK_FALSE(slip("backup2", {"backup1"}));
    CHECK_FALSE(slip("backup2", {"backup"}));
    CHECK_FALSE(slip("orders", {"order", "orders-x"}));
    CHECK_FALSE(slip("ordrs", {"orders", "ordres"}));
    CHECK_FALSE(slip("databs", {"database"}));
    CHECK_FALSE(slip("orders", {}));
    CHECK_FALSE(slip(std::string(101, 'a'), {std::string(100, 'a')}));
}

}  // namespace
}  // namespace muster::support
