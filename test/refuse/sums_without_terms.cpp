// refused: this policy asks for sums and does not say of what; give it terms(record, one Lane per slot, and
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Mean {
  static constexpr gradus::Name sums[]{"u"};
  static constexpr gradus::Name scalars[]{"sum"};
  std::array<double, 1> at(const gradus::Step&, const gradus::Sums& sum) const { return {sum[0]}; }
#ifdef TWIN
  static constexpr std::array<gradus::Term, 1> terms(const gradus::Record& r) { return {{{r.update, r.update}}}; }
#endif
  static constexpr void apply(gradus::Record& r, gradus::Lane sum) { r.update = r.update + sum; }
};

gradus::Optimizer<Mean> optimizer;
