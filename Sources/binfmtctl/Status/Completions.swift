// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

/// The words that a shell offers for the arguments of commands.
enum Completions {
    /// The entries that are declared or registered.
    static let entries = CompletionKind.custom { _, _, _ in entryNames }

    /// QEMU's targets, by the names of QEMU and of Docker.
    static let targets = CompletionKind.custom { _, _, _ in targetNames }

    static let entriesAndTargets = CompletionKind.custom { _, _, _ in entryNames + targetNames }

    private static var entryNames: [String] { HostStatus(HostPaths()).everyLine.map(\.name) }

    private static var targetNames: [String] {
        QemuTarget.all.flatMap { target in
            let docker = target.platform.map { String($0.dropFirst("linux/".count)) }
            return [target.name] + [docker].compactMap(\.self).filter { $0 != target.name }
        }
    }
}
