// refused: this policy makes numbers of sums until they settle, which goes leaf by leaf alone; give it per_leaf and
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Share {
#ifdef TWIN
  static constexpr bool per_leaf = true;
#endif
  static constexpr gradus::Name sums[]{"u"};
  static constexpr gradus::Name scalars[]{"share"};
  static constexpr gradus::Name settles[]{"half"};
  bool settle(const double* sum, double* number) const { return number[0] = sum[0] / 2, true; }
  std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
  static constexpr std::array<gradus::Term, 1> terms(const gradus::Record& r, gradus::Lane share) {
    return {{{r.update, min(r.update, share)}}};
  }
  static constexpr void apply(gradus::Record& r, gradus::Lane share) { r.update = r.update + share; }
};

gradus::Optimizer<Share> optimizer;
