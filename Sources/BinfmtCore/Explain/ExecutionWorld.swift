// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Execution {
    /// What an execve(2) depends on besides the path.
    package struct World {
        /// Nil where there is no registry.
        package let registry: ObservedState?
        /// Whether the processor runs programs of this identity itself.
        package let isNative: (ELFIdentity) -> Bool
        /// What a path leads to in the root of whoever executes it.
        package let lookUp: (FilePath) -> ProgramFile.Lookup
        /// What it leads to where entries with `F` are registered, whose interpreters the kernel holds.
        package let lookUpHeld: (FilePath) -> ProgramFile.Lookup
        /// Where QEMU looks for a foreign program's loader first (`QEMU_LD_PREFIX`).
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
