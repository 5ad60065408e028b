#include "simulator/lane_work.h"

#include <Random123/philox.h>

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace muster::simulator {
namespace {

namespace baseline {
#define MUSTER_TARGET
using Wide = std::uint64_t [[gnu::vector_size(16)]];
#if defined(__x86_64__)
Wide product(Wide a, Wide b) { return reinterpret_cast<Wide>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b))); }
#else
Wide product(Wide a, Wide b) { return (a & 0xffffffff) * (b & 0xffffffff); }
#endif
#include "simulator/lane_work.inc"
#undef MUSTER_TARGET
}  // namespace baseline

#if defined(__x86_64__)
namespace avx2 {
#define MUSTER_TARGET [[gnu::target("avx2")]]
using Wide = std::uint64_t [[gnu::vector_size(32)]];
MUSTER_TARGET Wide product(Wide a, Wide b) {
    return reinterpret_cast<Wide>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
}
#include "simulator/lane_work.inc"
#undef MUSTER_TARGET
}  // namespace avx2

namespace avx512 {
#define MUSTER_TARGET [[gnu::target("avx512f,avx512dq,avx512vl,avx512bw,prefer-vector-width=512")]]
using Wide = std::uint64_t [[gnu::vector_size(64)]];
MUSTER_TARGET Wide product(Wide a, Wide b) {
    return reinterpret_cast<Wide>(_mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}
#include "simulator/lane_work.inc"
#undef MUSTER_TARGET
}  // namespace avx512
#endif

std::vector<LaneWork> supported() {
    std::vector<LaneWork> works{{"baseline", baseline::draw, baseline::look_up, baseline::raise, baseline::add}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) works.push_back({"AVX2", avx2::draw, avx2::look_up, avx2::raise, avx2::add});
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        works.push_back({"AVX-512", avx512::draw, avx512::look_up, avx512::raise, avx512::add});
#endif
    return works;
}

}  // namespace

const std::vector<LaneWork>& lane_works() {
    static const std::vector<LaneWork> works = supported();
    return works;
}

}  // namespace muster::simulator
