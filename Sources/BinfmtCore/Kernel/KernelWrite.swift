// SPDX-License-Identifier: Apache-2.0

/// One write(2) to the registry.
package enum KernelWrite: Hashable, Sendable {
    /// To `register`. The name is the string's own, for messages.
    case register(EntryName, RegisterString)
    /// `-1` to the entry's file.
    case unregister(EntryName)
    /// `1` to the entry's file.
    case enable(EntryName)
    /// `1` to `status`: switches the registry as a whole on.
    case enableRegistry
}

extension KernelWrite: CustomStringConvertible {
    /// What it does, for a message.
    package var description: String {
        switch self {
        case .register(let name, _): "register '\(name)'"
        case .unregister(let name): "unregister '\(name)'"
        case .enable(let name): "enable '\(name)'"
        case .enableRegistry: "switch the registry on"
        }
    }
}
