// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/type_name.hpp>

#include <string_view>
#include <type_traits>

namespace gradus::detail {

template <class X>
constexpr bool from_library(std::string_view space) {
  return full_type_name<std::remove_cvref_t<X>>().starts_with(space);
}

template <class X>
constexpr bool is_node_container() {
  return from_library<X>("std::list<") || from_library<X>("std::__cxx11::list<") ||
         from_library<X>("std::forward_list<") || from_library<X>("std::set<");
}

// Says in one sentence why X is neither a tensor nor a set; never instantiated for one.
template <class X>
constexpr bool explain_foreign() {
  constexpr bool node = is_node_container<X>(), eigen = from_library<X>("Eigen::"),
                 armadillo = from_library<X>("arma::"), torch = from_library<X>("at::") || from_library<X>("torch::"),
                 thrust = from_library<X>("thrust::"), valarray = from_library<X>("std::valarray<"),
                 mdspan = from_library<X>("std::mdspan<") || from_library<X>("Kokkos::"),
                 multi_array = from_library<X>("boost::multi_array") || from_library<X>("boost::multi_array::"),
                 xtensor = from_library<X>("xt::"), array = std::is_array_v<X>, pointer = std::is_pointer_v<X>,
                 slice = from_library<X>("std::slice_array<") || from_library<X>("std::gslice_array<") ||
                         from_library<X>("std::mask_array<") || from_library<X>("std::indirect_array<");
  static_assert(!node,
                "gradus: a std::list, std::forward_list or std::set keeps its elements apart and cannot be stepped; "
                "use a std::vector or std::array");
  static_assert(!eigen,
                "gradus: this is an Eigen type; add #include <gradus/tensor/eigen.hpp>, or assign what that does not "
                "read (sparse, triangular) to a matrix");
  static_assert(!armadillo,
                "gradus: this is an Armadillo type; add #include <gradus/tensor/armadillo.hpp>, or assign what that "
                "does not read (sparse) to a matrix");
  static_assert(
      !torch,
      "gradus: this is a libtorch type; add #include <gradus/tensor/torch.hpp> and pass gradus::torch_view(x), "
      "or gradus::torch_parameters(module)");
  static_assert(!thrust, "gradus: this is a Thrust type; add #include <gradus/tensor/thrust.hpp>");
  static_assert(!valarray, "gradus: this is a std::valarray; add #include <gradus/tensor/valarray.hpp>");
  static_assert(!slice,
                "gradus: a part of a std::valarray that may be written shows no elements; pass std::as_const(x)[part] "
                "as a gradient, and step an mdspan, or all of x");
  static_assert(!mdspan, "gradus: this is an mdspan; add #include <gradus/tensor/mdspan.hpp>");
  static_assert(!multi_array,
                "gradus: this is an array of Boost.MultiArray; add #include <gradus/tensor/multi_array.hpp>");
  static_assert(!xtensor, "gradus: this is an xtensor type; add #include <gradus/tensor/xtensor.hpp>");
  static_assert(!array, "gradus: this is an array of C; step std::span(x), or keep a std::array");
  static_assert(!pointer, "gradus: a pointer does not say how many elements it has; step std::span(pointer, size)");
  constexpr bool named = pointer || node || eigen || armadillo || torch || thrust || valarray || mdspan ||
                         multi_array || xtensor || array || slice;
  static_assert(
      named,
      "gradus: this type is neither a tensor nor a set of tensors; specialise gradus::tensor_traits for it, "
      "or name the public members with BOOST_HANA_ADAPT_STRUCT where it is a struct with constructors, bases, members "
      "that are private, references or arrays of C, or more than 16 of them");
  return false;
}

}  // namespace gradus::detail
