// SPDX-License-Identifier: Apache-2.0
import LocatedTOML

extension JSONValue {
    /// A TOML table as JSON; a date or a time is a string, as in the linters that check TOML with JSON Schema.
    package init(_ table: TOMLTable) {
        self = .object(Dictionary(uniqueKeysWithValues: table.map { ($0.key.name, JSONValue($0.value)) }))
    }

    private init(_ value: TOMLValue) {
        switch value.kind {
        case .string(let string): self = .string(string)
        case .integer(let integer): self = .integer(Int(integer))
        case .float(let float): self = .number(float)
        case .boolean(let boolean): self = .boolean(boolean)
        case .offsetDateTime, .localDateTime, .localDate, .localTime: self = .string(value.typeName)
        case .array(let values): self = .array(values.map { JSONValue($0) })
        case .table(let table): self = JSONValue(table)
        }
    }
}
