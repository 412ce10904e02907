// SPDX-License-Identifier: MIT
#include "torch.hpp"

namespace oracle {

template ChainOf<double> torch(const Json&, const Tensors<double>&);

}  // namespace oracle
