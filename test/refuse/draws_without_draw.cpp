// refused: this policy draws numbers and does not say how; give it draw(Draw, size, T* to), for float and double
// SPDX-License-Identifier: MIT
#include <gradus/optimizer.hpp>

struct Sparse {
  static constexpr gradus::Name draws[]{"keeps"};
#ifdef TWIN
  template <class T>
  void draw(const gradus::Draw& draw, std::size_t size, T* to) const {
    for (std::size_t i = 0; i < size; ++i) to[i] = (draw.first + i) % 2 == 0;
  }
#endif
  static constexpr void apply(gradus::Record& r, gradus::Lane keeps) { r.update = keeps * r.update; }
};

gradus::Optimizer<Sparse> optimizer;
