// SPDX-License-Identifier: MIT
#include "torch.hpp"

namespace oracle {

template ChainOf<float> torch(const Json&, const Tensors<float>&);

}  // namespace oracle
