// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension HostFacts {
    /// What this host has of a configuration. Only of targets that could be registered, or were a moment ago, is it asked
    /// whether the processor runs them itself.
    ///
    /// - Parameters:
    ///   - interpreters: what each path of the configuration leads to.
    ///   - vanished: those of the missing that may come back.
    init(
        _ configuration: Configuration, _ interpreters: [HashedPath: InterpreterFile], _ probe: NativeProbe,
        vanished: Set<FilePath> = []
    ) {
        let targets = configuration.entries.compactMap { entry -> QemuTarget? in
            guard let target = entry.qemuTarget else { return nil }
            if !entry.needsInterpreter { return target }
            return entry.interpreters.contains {
                interpreters[HashedPath($0)]?.identity != nil || vanished.contains($0)
            }
                ? target : nil
        }
        self.init(
            native: probe.native, nativeTargets: probe.natives(among: targets), interpreters: interpreters,
            vanished: vanished)
    }
}
