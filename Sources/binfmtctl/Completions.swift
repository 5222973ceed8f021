// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

/// What a shell offers for the arguments of commands.
enum Completions {
    /// The entries that are declared or registered.
    static let entries = CompletionKind.custom { _, _, _ in HostStatus(Installation()).everyLine.map(\.name) }

    /// QEMU's targets, as QEMU writes them.
    static let targets = CompletionKind.custom { _, _, _ in QemuTarget.all.map(\.name) }
}
