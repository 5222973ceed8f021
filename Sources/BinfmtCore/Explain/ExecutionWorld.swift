// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Execution {
    /// The host, as far as an execve(2) depends on it.
    package struct World {
        /// Nil where there is no registry.
        package let registry: ObservedState?
        /// Whether the processor runs programs of this identity itself.
        package let isNative: (ELFIdentity) -> Bool
        /// Looks a path up in the caller's root.
        package let lookUp: (FilePath) -> ProgramFile.Lookup
        /// Looks an interpreter that the kernel holds (`F`) up in the root where its entry was registered.
        package let lookUpHeld: (FilePath) -> ProgramFile.Lookup
        /// The directory that QEMU searches first for a foreign program's loader (`QEMU_LD_PREFIX`).
        package let emulatorPrefix: FilePath?

        package init(
            registry: ObservedState?, isNative: @escaping (ELFIdentity) -> Bool,
            lookUp: @escaping (FilePath) -> ProgramFile.Lookup,
            lookUpHeld: @escaping (FilePath) -> ProgramFile.Lookup, emulatorPrefix: FilePath? = nil
        ) {
            self.registry = registry
            self.isNative = isNative
            self.lookUp = lookUp
            self.lookUpHeld = lookUpHeld
            self.emulatorPrefix = emulatorPrefix
        }

        var entries: [ObservedEntry] {
            guard let registry, registry.isEnabled else { return [] }
            return registry.entries
        }
    }
}
