// SPDX-License-Identifier: Apache-2.0

import LocatedTOML

/// A whole table in one line: `{a = 1, b = ["x", {c = true}]}`, keys in their order. Floats have a dot or an exponent,
/// times all of their components, damaged tables a `!`.
func dump(_ table: TOMLTable) -> String {
    let pairs = table.map { quoted($0.key.name) + " = " + dump($0.value) }
    return (table.isDamaged ? "!" : "") + "{" + pairs.joined(separator: ", ") + "}"
}

func dump(_ value: TOMLValue) -> String {
    switch value.kind {
    case .string(let string): quoted(string, isKey: false)
    case .integer(let integer): "\(integer)"
    case .float(let float): "\(float)"
    case .boolean(let boolean): "\(boolean)"
    case .offsetDateTime(let moment): dump(moment.date) + "T" + dump(moment.time) + " \(moment.offsetMinutes)min"
    case .localDateTime(let local): dump(local.date) + "T" + dump(local.time)
    case .localDate(let date): dump(date)
    case .localTime(let time): dump(time)
    case .array(let values): "[" + values.map { dump($0) }.joined(separator: ", ") + "]"
    case .table(let table): dump(table)
    }
}

/// `line:column sentence` of an error.
func dump(_ error: TOMLError) -> String { "\(error.position.line):\(error.position.column) \(error)" }

/// The table with `@line:column` after each key, value and table except the root.
func dumpPositions(_ table: TOMLTable) -> String {
    let pairs = table.map { $0.key.name + at($0.key.position) + " = " + dumpPositions($0.value) }
    return "{" + pairs.joined(separator: ", ") + "}"
}

private func dumpPositions(_ value: TOMLValue) -> String {
    let text =
        switch value.kind {
        case .array(let values): "[" + values.map { dumpPositions($0) }.joined(separator: ", ") + "]"
        case .table(let table): table.position == value.position ? dumpPositions(table) : "positions differ"
        default: value.typeName
        }
    return text + at(value.position)
}

private func at(_ position: SourcePosition) -> String { "@\(position.line):\(position.column)" }

private func dump(_ date: TOMLLocalDate) -> String { "\(date.year)-\(date.month)-\(date.day)" }

private func dump(_ time: TOMLLocalTime) -> String { "\(time.hour):\(time.minute):\(time.second)+\(time.nanosecond)ns" }

/// The text in double quotes, unless it is a key of ASCII letters and digits; scalars other than printable ASCII as
/// `<hex>`.
private func quoted(_ text: String, isKey: Bool = true) -> String {
    let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
    guard !isKey || !isPlain else { return text }
    let scalars = text.unicodeScalars.map { scalar in
        0x20...0x7E ~= scalar.value ? String(scalar) : "<" + String(scalar.value, radix: 16) + ">"
    }
    return "\"" + scalars.joined() + "\""
}
