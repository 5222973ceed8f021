// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

/// What a shell offers for the arguments of commands.
enum Completions {
    /// The entries that are declared or registered.
    static let entries = CompletionKind.custom { _, _, _ in HostStatus(Installation()).everyLine.map(\.name) }

    /// QEMU's targets, as QEMU and as Docker write them.
    static let targets = CompletionKind.custom { _, _, _ in targetNames }

    /// What `probe` takes.
    static let entriesAndTargets = CompletionKind.custom { _, _, _ in
        HostStatus(Installation()).everyLine.map(\.name) + targetNames
    }

    private static var targetNames: [String] {
        QemuTarget.all.flatMap { target in
            let docker = target.platform.map { String($0.dropFirst("linux/".count)) }
            return [target.name] + [docker].compactMap(\.self).filter { $0 != target.name }
        }
    }
}
