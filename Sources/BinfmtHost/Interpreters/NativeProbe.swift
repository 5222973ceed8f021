// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// Finds out which programs the processor runs itself, by asking the kernel to: an architecture's family does not tell
/// (armv7 hosts do not run aarch64, some arm64 ones do not run arm).
package final class NativeProbe {
    /// What this host's own programs are.
    package let native: NativePrograms
    /// Whose targets the processor may run; nil for one that QEMU does not know.
    private let family: String?
    /// By the name of the emulator: what it runs, the processor runs all or nothing of.
    private var answers: [String: Bool] = [:]
    /// Whether all was told that was asked for last.
    package private(set) var isCertain = true

    /// - Throws: the errno of reading the running program's own header.
    package init() throws(Errno) {
        let header = try Files.read("/proc/self/exe", limit: 64)
        guard let identity = ELFIdentity(header: header) else { throw .execFormatError }
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
        // What cannot be tried is left alone: to emulate what runs natively would be worse than not to emulate.
        guard let answer = decide(target) else {
            isCertain = false
            return true
        }
        answers[target.interpreterName] = answer
        return answer
    }

    /// - Returns: nil if it cannot be told now.
    private func decide(_ target: QemuTarget) -> Bool? {
        if target.identity == native.identity { return true }
        guard target.family == family else { return false }
        return isExecutable(ProbeProgram.unloadable(for: target))
    }

    /// Whether the kernel knows what this program is. It never runs: in a sandbox its first system call would have it
    /// killed, and that would be in the kernel's log at every start.
    private func isExecutable(_ image: [UInt8]) -> Bool? {
        guard let file = try? OwnedDescriptor(checking: binfmt_executable_memfd("probe")) else { return nil }
        do { try file.descriptor.writeAll(image) } catch { return nil }

        let refusal = binfmt_refusal("/proc/self/fd/\(file.rawValue)")
        if refusal < 0 || Errno(rawValue: refusal).isTransient { return nil }
        // Where there is none, an emulator took it in spite of its header.
        return refusal != 0 && refusal != ENOEXEC
    }
}
