// SPDX-License-Identifier: MIT
#include <gradus/core/type_name.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace gradus {
struct PlainNamed {};
template <class T>
struct Wrapped {};
}  // namespace gradus

namespace other {
struct Foreign {};
}  // namespace other

static_assert(gradus::detail::type_name<float>() == "float");
static_assert(gradus::detail::type_name<double>() == "double");
static_assert(gradus::detail::type_name<gradus::PlainNamed>() == "PlainNamed");
static_assert(gradus::detail::full_type_name<gradus::PlainNamed>() == "gradus::PlainNamed");
static_assert(gradus::detail::type_name<other::Foreign>() == "other::Foreign");

TEST_SUITE_BEGIN("type name");

TEST_CASE("type names keep template arguments and append no alias") {
  CHECK(gradus::detail::type_name<gradus::Wrapped<int>>() == "Wrapped<int>");
  CHECK(gradus::detail::type_name<gradus::Wrapped<gradus::PlainNamed>>() == "Wrapped<PlainNamed>");
  CHECK(gradus::detail::type_name<gradus::Wrapped<other::Foreign*>>() == "Wrapped<other::Foreign*>");
  CHECK(gradus::detail::full_type_name<std::vector<float>>().starts_with("std::vector<float"));
  CHECK(gradus::detail::full_type_name<std::string>().find(';') == std::string_view::npos);
#if !defined(_LIBCPP_VERSION)  // libc++ has an alias for it that clang prefers
  CHECK(gradus::detail::full_type_name<std::string>().ends_with(">"));
#endif
}

TEST_SUITE_END();
