// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What a path of an interpreter led to.
package enum InterpreterFile: Hashable, Sendable {
    /// `hazard`: why somebody other than root could change it, and how to mend that; nil if nobody could.
    case present(FileIdentity, hazard: String? = nil)
    case missing(Errno)

    package var identity: FileIdentity? {
        if case .present(let identity, _) = self { identity } else { nil }
    }

    package var hazard: String? {
        if case .present(_, let hazard) = self { hazard } else { nil }
    }
}

/// What only the host can tell, looked up before a pass decides anything.
package struct HostFacts: Sendable {
    package let native: NativePrograms
    /// The QEMU targets whose programs the processor runs itself.
    package let nativeTargets: Set<QemuTarget>
    /// Each path that some declared entry names.
    package let interpreters: [FilePath: InterpreterFile]
    /// Those of the missing that were there a short time ago: a package may be about to bring them back.
    package let vanished: Set<FilePath>

    package init(
        native: NativePrograms, nativeTargets: Set<QemuTarget>, interpreters: [FilePath: InterpreterFile],
        vanished: Set<FilePath> = []
    ) {
        self.native = native
        self.nativeTargets = nativeTargets
        self.interpreters = interpreters
        self.vanished = vanished
    }
}
