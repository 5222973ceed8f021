// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What only the host can tell, looked up before a pass decides anything.
package struct HostFacts: Sendable {
    package let native: NativePrograms
    /// The QEMU targets whose programs the processor runs itself.
    package let nativeTargets: Set<QemuTarget>
    /// Each path that some declared entry names.
    package let interpreters: [HashedPath: InterpreterFile]
    /// Those of the missing that were there a short time ago: a package may be about to bring them back.
    package let vanished: Set<FilePath>

    /// How long an interpreter that went away may take to come back.
    package static let vanishedGrace = Duration.seconds(30)

    package init(
        native: NativePrograms, nativeTargets: Set<QemuTarget>, interpreters: [HashedPath: InterpreterFile],
        vanished: Set<FilePath> = []
    ) {
        self.native = native
        self.nativeTargets = nativeTargets
        self.interpreters = interpreters
        self.vanished = vanished
    }
}
