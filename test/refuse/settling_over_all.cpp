// refused: this policy's sums settle, which they can over each leaf alone; give it per_leaf
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Share {
#ifdef TWIN
  static constexpr bool per_leaf = true;
#endif
  static constexpr gradus::Name sums[]{"u"};
  static constexpr gradus::Name scalars[]{"share"};
  static constexpr bool settled(const gradus::Sums& before, const gradus::Sums& now) { return before[0] == now[0]; }
  std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
  static constexpr std::array<gradus::Term, 1> terms(const gradus::Record& r, gradus::Lane share) {
    return {{{r.update, min(r.update, share)}}};
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane share) { r.update = r.update + share; }
};

gradus::Optimizer<Share> optimizer;
