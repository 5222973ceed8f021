// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension HostPaths {
    /// What the configuration declares, in the light of what this host has, whatever the kernel holds.
    ///
    /// - Throws: the errno of reading this program's own header.
    package func declared() throws(Errno) -> (configuration: Configuration, desired: DesiredState) {
        var directories = configDirectories
        let configuration = directories.read()
        return (configuration, try Self.desired(configuration))
    }

    /// What these declarations come to on this host.
    ///
    /// - Parameter user: one besides root who may change an interpreter.
    package static func desired(
        _ configuration: Configuration, trusting user: uid_t = 0
    ) throws(Errno) -> DesiredState {
        var files = InterpreterFiles(trusting: user)
        let interpreters = files.look(at: configuration)
        return DesiredState(configuration, HostFacts(configuration, interpreters, try NativeProbe()))
    }
}

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
