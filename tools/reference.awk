# SPDX-License-Identifier: MIT
# One page of the reference from one header: what stands in front of its types and functions, and their members; for a
# recipe, or a rule without one, also its picture among `pictures`, and the way to its rows in `dialects`.

# The tables of dialects.md, by the headings they stand under.
BEGIN {
  while ((getline line < dialects) > 0)
    if (line ~ /^## /) heading[++headings] = substr(line, 4)
    else if (line ~ /^\|/) rows[headings] = rows[headings] line
}

function end_formula() {
  if (formula) print "```"
  formula = 0
}

function end_item() {
  if (item != "") print "- **" key ":** " item
  item = ""
}

# The collected comment as Markdown: what is indented is a formula, "Slots   ..." and its kin are a list.
function comment(   i, line) {
  for (i = 1; i <= lines; ++i) {
    line = text[i]
    bullet = line ~ /^- / || (bullet && line ~ /^ /)
    if (line ~ /^(Slots|Order|Cost|Errors|Source)[ ,]/) {
      end_formula()
      end_item()
      key = "As another"
      if (line ~ /^[A-Z][a-z]+  /) {
        key = substr(line, 1, index(line, " ") - 1)
        line = substr(line, index(line, " "))
      }
      sub(/^ +/, "", line)
      item = line
    } else if (item != "" && line != "") {
      sub(/^ +/, "", line)
      item = item " " line
    } else if (bullet) {
      end_formula()
      end_item()
      sub(/^ +/, "  ", line)
      print line
    } else if (line ~ /^    /) {
      if (!formula) print "```text"
      formula = 1
      print substr(line, 5)
    } else {
      end_formula()
      end_item()
      print line
    }
  }
  end_formula()
  end_item()
  print ""
  lines = 0
}

# What an enumeration of one line has.
function enumerators(line,   all) {
  all = substr(line, index(line, "{") + 1)
  sub(/ *};$/, "", all)
  gsub(/[a-z_]+/, "`&`", all)
  return all
}

# A function that an indented comment stands in front of: its name, and what the comment's first paragraph says.
function note_call(   i, says) {
  for (i = 1; i <= notes && remark[i] != ""; ++i) says = says (i > 1 ? " " : "") remark[i]
  sub(/decltype\(auto\)|explicit\(false\)/, "")
  match($0, /[A-Za-z_]+\(/)
  if (substr($0, RSTART, RLENGTH - 1) != name) calls[++called] = "- `" substr($0, RSTART, RLENGTH) ")`: " says
  notes = 0
}

# What was noted of a type's functions, once its public part ends.
function list_calls(   i) {
  if (!listing) return
  if (members) print ""
  for (i = 1; i <= called; ++i) print calls[i]
  if (called) print ""
  listing = inside = members = called = notes = 0
}

# The picture of a recipe, or of a rule that has none, if there is one; those of optax's variants say so.
function picture(rule,   file) {
  file = (FILENAME ~ /\/optax\.hpp$/ ? "optax_" : "") rule ".svg"
  if (system("test -f " pictures "/" file) != 0) return
  print "![" rule " on four landscapes](../pictures/recipes/" file ")\n"
  print "[What it shows](../steps.md#paths)\n"
}

# What others compute by a recipe's name, if anything is known of it. Rows of optax's variants say so.
function differences(recipe,   i, spelled, place) {
  if (FILENAME !~ /\/recipe\//) return
  spelled = "`" (FILENAME ~ /optax/ ? "recipe::optax::" : "(recipe::)?") recipe "[`<]"
  for (i = 1; i <= headings; ++i) {
    if (rows[i] !~ spelled) continue
    place = tolower(heading[i])
    gsub(/[^a-z ]/, "", place)
    gsub(/ /, "-", place)
    print "In others: [" heading[i] "](../dialects.md#" place ")\n"
  }
}

/^namespace detail/ { hidden = 1 }
/^}  \/\/ namespace detail/ { hidden = 0 }
hidden { next }
/^\/\/\// {
  text[++lines] = substr($0, 5)
  next
}
/^(template|  requires)/ { next }
{ sub(/^\[\[nodiscard\]\] /, "") }
lines && /^(struct|class|enum class) [A-Z]/ {
  name = /^enum/ ? $3 : $2
  sub(/[;:{<].*$/, "", name)
  print "## " name "\n"
  comment()
  picture(name)
  if (/^enum .*};$/) print "One of" enumerators($0) ".\n"
  inside = !/^class/ && !/};$/
  listing = FILENAME ~ /\/(drive|compose|step|explain)\// && !/};$/
  members = called = notes = 0
  next
}
/^( private:|};)/ { list_calls() }
listing && /^  \/\/\// {
  remark[++notes] = substr($0, 7)
  next
}
listing && /^  +(template|requires|\/\/ )/ { next }
listing && notes && /^  [A-Za-z][^=;]* [A-Za-z_]+\(/ {
  note_call()
  next
}
{ notes = 0 }
lines && /^(concept [A-Za-z]+|[A-Za-z].* [a-z_0-9]+\()/ {
  before = name
  match($0, /[a-z_0-9]+\(/)
  name = /^concept/ ? $2 : substr($0, RSTART, RLENGTH - 1)
  if (name != before) print "## " name "\n"
  comment()
  differences(name)
  picture(name)
  next
}
{ lines = 0 }
inside && /^};/ {
  if (members) print ""
  inside = 0
}
inside && (/^  (double|bool|int|std::[a-z_0-9]+(<[^=]*>)?|[A-Z][A-Za-z]*(<[^=]*>)?) [a-z_0-9]+( =.*|{.*})?;/ || /^  [a-z_]+, +\/\/\/< /) {
  note = ""
  line = substr($0, 3)
  if (match(line, / *\/\/\/< /)) {
    note = substr(line, RSTART + RLENGTH)
    line = substr(line, 1, RSTART - 1)
  }
  sub(/[;,]$/, "", line)
  if (!members++) print "| member | |\n|---|---|"
  print "| `" line "` | " note " |"
}
