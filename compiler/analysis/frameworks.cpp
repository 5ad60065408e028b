#include "compiler/analysis/frameworks.h"

#include <array>
#include <cctype>

namespace muster::analysis {
namespace {

// Twelve months are never longer than that.
constexpr std::chrono::days year{366};

constexpr auto frameworks = std::to_array<Framework>({
    {"pci", "PCI DSS 12.10.2", year,
     "PCI DSS v4.0.1, 12.10.2: at least once every 12 months reviewed and tested, with business recovery and backups (12.10.1)",
     std::chrono::days{365}},  // 10.5.1: audit log history, for at least 12 months
    // The criterion speaks of a periodic test; a report covers at most a year and has to show one in it.
    {"soc2", "SOC 2 A1.3", year, "AICPA TSP section 100 (2017), A1.3: the entity tests recovery plan procedures", std::nullopt},
    {"dora", "DORA Art. 11(6)", year,
     "Regulation (EU) 2022/2554, Article 11(6)(a): at least yearly; how: Delegated Regulation (EU) 2024/1774, Articles 25 and 26, and 40 "
     "for the "
     "simplified framework",
     std::nullopt},
    {"iso22301", "ISO 22301 8.5", std::nullopt, "ISO 22301:2019, 8.5: exercises and tests at planned intervals", std::nullopt},
});

std::string letters_of(const std::string& word) {
    std::string out;
    for (const unsigned char c : word)
        if (std::isalnum(c) != 0) out += static_cast<char>(std::tolower(c));
    return out;
}

}  // namespace

std::optional<Framework> framework_of(const std::string& word) {
    const std::string letters = letters_of(word);
    for (const Framework& one : frameworks)
        if (letters.rfind(one.key, 0) == 0) return one;
    return std::nullopt;
}

}  // namespace muster::analysis
