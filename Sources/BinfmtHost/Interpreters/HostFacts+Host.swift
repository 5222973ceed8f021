// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension HostFacts {
    /// The facts of this host that a configuration depends on. The processor is probed only for targets whose
    /// interpreter exists, or existed a moment ago.
    ///
    /// - Parameters:
    ///   - interpreters: the file at each interpreter path of the configuration.
    ///   - vanished: missing interpreters that may come back.
    ///   - kernel: what the kernel takes.
    init(
        _ configuration: Configuration, _ interpreters: [HashedPath: InterpreterFile], _ probe: NativeProbe,
        vanished: Set<FilePath> = [], kernel: KernelFeatures = KernelFeatures(version: RunningKernel.version)
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
            vanished: vanished, kernel: kernel)
    }
}
