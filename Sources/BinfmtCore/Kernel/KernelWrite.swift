// SPDX-License-Identifier: Apache-2.0

/// One write(2) to the registry.
package enum KernelWrite: Hashable, Sendable {
    /// To `register`.
    case register(RegisterString)
    /// `-1` to the entry's file.
    case unregister(EntryName)
    /// `1` to the entry's file.
    case enable(EntryName)
    /// `1` to `status`: switches the registry as a whole on.
    case enableRegistry
}
