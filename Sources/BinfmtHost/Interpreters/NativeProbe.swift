// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Finds out which programs the processor runs itself by executing one of each. The architecture's family is not
/// enough: armv7 hosts do not run aarch64 programs, and some arm64 hosts do not run arm programs.
package final class NativeProbe {
    /// The format of this host's own programs.
    package let native: NativePrograms
    /// The family of targets that the processor may run; nil if QEMU does not know the processor.
    private let family: String?
    /// Answers by the emulator's name, because the processor runs all programs that an emulator runs, or none.
    private var answers: [String: Bool] = [:]
    /// Whether every target of the last call was decided.
    package private(set) var isCertain = true

    /// - Throws: ENOEXEC if QEMU does not know the format of this program.
    package init() throws(Errno) {
        // From memory, so that files can be checked where /proc is not mounted.
        let header = UnsafeRawBufferPointer(start: binfmt_own_header(), count: 52)
        guard let identity = ELFIdentity(header: Array(header)) else { throw .execFormatError }
        native = NativePrograms(identity: identity)
        family = QemuTarget.all.first { $0.identity == identity }?.family
    }

    /// Those of `targets` whose programs need no emulator.
    package func natives(among targets: some Sequence<QemuTarget>) -> Set<QemuTarget> {
        isCertain = true
        return Set(targets.filter(isNative))
    }

    /// Whether the processor runs programs of this identity itself.
    package func isNative(_ identity: ELFIdentity) -> Bool {
        identity == native.identity || !natives(among: QemuTarget.all.filter { $0.identity == identity }).isEmpty
    }

    private func isNative(_ target: QemuTarget) -> Bool {
        if let answer = answers[target.interpreterName] { return answer }
        // A target that cannot be tried counts as native, because emulating native programs is worse than not emulating
        // others.
        guard let answer = decide(target) else {
            isCertain = false
            return true
        }
        answers[target.interpreterName] = answer
        return answer
    }

    /// - Returns: nil if the probe failed for a transient reason.
    private func decide(_ target: QemuTarget) -> Bool? {
        if target.identity == native.identity { return true }
        guard target.family == family else { return false }
        return isExecutable(ProbeProgram.unloadable(for: target))
    }

    /// Whether the kernel recognises the format of this program. The program never runs, because a sandbox would kill
    /// it at its first system call, and the kernel would log that at every start.
    private func isExecutable(_ image: [UInt8]) -> Bool? {
        guard let file = try? OwnedDescriptor(checking: binfmt_executable_memfd("probe")) else { return nil }
        do { try file.descriptor.writeAll(image) } catch { return nil }

        let refusal = binfmt_refusal("/proc/self/fd/\(file.rawValue)")
        // ENOENT: /proc is not mounted.
        if refusal < 0 || refusal == ENOENT || Errno(rawValue: refusal).isTransient { return nil }
        // 0 means that an emulator accepted it in spite of its header.
        return refusal != 0 && refusal != ENOEXEC
    }
}
