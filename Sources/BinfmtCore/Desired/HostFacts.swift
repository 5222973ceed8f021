// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The facts about the host that a pass decides by, looked up before it does.
package struct HostFacts: Sendable {
    package let native: NativePrograms
    /// The QEMU targets whose programs the processor runs itself.
    package let nativeTargets: Set<QemuTarget>
    /// Every path that a declared entry names.
    package let interpreters: [HashedPath: InterpreterFile]
    /// The missing interpreters that were there a short time ago: a package may be about to bring them back.
    package let vanished: Set<FilePath>
    /// What the kernel takes.
    package let kernel: KernelFeatures

    /// How long an entry is kept after its interpreter went away.
    package static let vanishedGrace = Duration.seconds(30)

    package init(
        native: NativePrograms, nativeTargets: Set<QemuTarget>, interpreters: [HashedPath: InterpreterFile],
        vanished: Set<FilePath> = [], kernel: KernelFeatures = KernelFeatures(version: nil)
    ) {
        self.native = native
        self.nativeTargets = nativeTargets
        self.interpreters = interpreters
        self.vanished = vanished
        self.kernel = kernel
    }
}
