// SPDX-License-Identifier: MIT
#include "optax.hpp"

namespace oracle {

template ChainOf<double> optax(const std::string&, const Json&, const Tensors<double>&);

}  // namespace oracle
