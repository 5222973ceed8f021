// SPDX-License-Identifier: Apache-2.0

extension TOMLKey: Equatable {
    /// Whether the names have the same Unicode scalars, wherever the keys are in their files.
    public static func == (first: TOMLKey, second: TOMLKey) -> Bool {
        ExactName(name: first.name) == ExactName(name: second.name)
    }
}

extension TOMLTable: Equatable {
    /// Whether the tables have the same keys with equal values, in any order and wherever they are in their files. A
    /// damaged table differs from one that is not.
    public static func == (first: TOMLTable, second: TOMLTable) -> Bool {
        first.count == second.count && first.isDamaged == second.isDamaged
            && first.allSatisfy { second[$0.key.name] == $0.value }
    }
}

extension TOMLValue: Equatable {
    /// Whether the values are equal, wherever they are in their files.
    public static func == (first: TOMLValue, second: TOMLValue) -> Bool { first.kind == second.kind }
}

extension TOMLValue.Kind: Equatable {
    /// Whether type and value are equal. An integer equals no float, `nan` equals `nan`, and strings must have the same
    /// Unicode scalars.
    public static func == (first: TOMLValue.Kind, second: TOMLValue.Kind) -> Bool {
        switch (first, second) {
        case (.string(let a), .string(let b)): ExactName(name: a) == ExactName(name: b)
        case (.integer(let a), .integer(let b)): a == b
        case (.float(let a), .float(let b)): a == b || a.isNaN && b.isNaN
        case (.boolean(let a), .boolean(let b)): a == b
        case (.offsetDateTime(let a), .offsetDateTime(let b)): a == b
        case (.localDateTime(let a), .localDateTime(let b)): a == b
        case (.localDate(let a), .localDate(let b)): a == b
        case (.localTime(let a), .localTime(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.table(let a), .table(let b)): a == b
        default: false
        }
    }
}
