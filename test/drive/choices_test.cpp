// SPDX-License-Identifier: MIT
#include <gradus/drive/choices.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using gradus::Choices;
using gradus::Maybe;

namespace {

struct A {};
struct B {};
template <class T = int>
struct C {};

using Names = std::vector<std::string_view>;

// The names, without those of this file's namespace.
std::string chosen(auto choices, const std::string& wanted) {
  static constexpr std::string_view all[]{gradus::detail::short_type_name<A>(), gradus::detail::short_type_name<B>(),
                                          gradus::detail::short_type_name<C<>>()};
  Names names;
  for (const char letter : wanted) names.push_back(all[letter - 'A']);
  std::string found;
  const bool is_there = choices.find(names, [&]<class... P>(Choices<P...>) {
    ((found += gradus::detail::short_type_name<P>().back()), ...);
    found += '.';
  });
  return is_there ? found : "none";
}

}  // namespace

TEST_SUITE_BEGIN("choices");

TEST_CASE("required policies must all be there, in order") {
  const Choices<A, B> both;
  CHECK(chosen(both, "AB") == "AB.");
  for (const auto* other : {"", "A", "B", "BA", "ABA", "ABC"}) CHECK(chosen(both, other) == "none");
  CHECK(chosen(Choices<>{}, "") == ".");
}

TEST_CASE("optional policies may be left out alone, together or nested") {
  const Choices<Maybe<A>, Maybe<B, Maybe<C<>>>> some;
  for (const auto* one : {"", "A", "B", "AB", "BC", "ABC"}) CHECK(chosen(some, one) == std::string(one) + ".");
  for (const auto* other : {"C", "AC", "BA", "AA"}) CHECK(chosen(some, other) == "none");
}

TEST_CASE("a policy that may occur twice matches once or twice") {
  const Choices<Maybe<A>, Maybe<B>, Maybe<A>> twice;
  for (const auto* one : {"A", "AA", "BA", "AB", "ABA"}) CHECK(chosen(twice, one) == std::string(one) + ".");
  CHECK(chosen(twice, "AAA") == "none");
}

TEST_CASE("choices as text, and the list of all names") {
  using Some = Choices<gradus::Maybe<int>, double, Maybe<float, Maybe<char>>>;
  CHECK(Some::text() == "[int] double [float [char]]");
  CHECK(Some::names() == Names{"int", "double", "float", "char"});
  CHECK(gradus::detail::short_type_name<std::vector<int>>() == "std::vector");
}

TEST_SUITE_END();
