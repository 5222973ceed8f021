// SPDX-License-Identifier: Apache-2.0

extension Change.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .declared: "declared"
        case .removed: "another program removed it"
        case .claimed: "a second entry has served its pattern meanwhile"
        case .differs(let what): what
        case .stale(let interpreter): "\(interpreter) was replaced since it was registered"
        case .unknownFile: "nobody recorded which file the kernel holds"
        case .registeredAnew: "another program registered it anew, with which file nobody recorded"
        case .mustPrecede(let other): "it must be asked before '\(other)'"
        case .overtaken(let other): "'\(other)', which is not ours, was asked before it"
        case .disabled: "it was disabled"
        case .undeclared: "no longer declared"
        case .withheld(let reason): reason
        case .flushed: "a flush of the whole table took it"
        case .leftover: "left over from a replacement that was interrupted"
        case .released: "released"
        case .foreign: "not declared, and foreign = \"remove\""
        }
    }
}

extension Change.Kind {
    /// The sign that a plan shows before the entry.
    package var symbol: String {
        switch self {
        case .serve: "»"
        case .restore: "<"
        case .register: "+"
        case .replace: "~"
        case .reorder: "^"
        case .enable: "!"
        case .unregister: "-"
        }
    }

    /// What has been done, as a participle.
    package var participle: String {
        switch self {
        case .serve: "served again"
        case .restore: "put back"
        case .register: "registered"
        case .replace: "replaced"
        case .reorder: "put ahead"
        case .enable: "enabled"
        case .unregister: "unregistered"
        }
    }
}
