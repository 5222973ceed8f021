// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// One write(2) to the registry.
package enum KernelWrite: Hashable, Sendable {
    /// To `register`.
    case register(RegisterString)
    /// `-1` to the entry's file.
    case unregister(EntryName)
    /// `+NAME PATH` to the file of an entry of type `B` that has not been enabled yet (Linux 7.3): the kernel opens the
    /// interpreter, and holds the file for the entry's handler.
    case bind(EntryName, BPFHandler.Interpreter)
    /// `1` to the entry's file.
    case enable(EntryName)
    /// `1` to `status`: switches the registry as a whole on.
    case enableRegistry
}

extension KernelWrite {
    /// The interpreter whose file the kernel opens at this write, made for an entry; nil if it opens none.
    package func openedInterpreter(of entry: Entry) -> FilePath? {
        switch self {
        case .register: entry.flags.contains(.fixBinary) ? entry.interpreter : nil
        case .bind(_, let interpreter): interpreter.path
        case .unregister, .enable, .enableRegistry: nil
        }
    }
}
