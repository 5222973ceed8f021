// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// A mounted instance of binfmt_misc. Its directory stays open, because since Linux 6.7, and with Debian's 6.1, the
/// last unmount of an instance drops all its entries.
package final class KernelRegistry: Registry {
    package let path: FilePath
    let directory: Directory
    /// The `register` file, kept open from its first use, so that a registration costs one system call. It is not
    /// opened earlier, because closing a file that was open for writing raises an event in every program that watches
    /// the registry.
    private var register: FileDescriptor?
    /// The writes since the last observation; nil if they cannot be watched, so that everything is read each time.
    package private(set) var changes: RegistryChanges?
    /// The reason why they cannot be watched.
    package private(set) var watchFailure: Errno?
    /// The last observation; ``changes`` tells which entries are outdated.
    var last: ObservedState?
    /// What is known of the entries that readdir(3) does not list in matching order.
    var staged = StagedEntries()
    /// What the kernel has answered.
    private var answered: KernelFeatures?

    /// - Parameter path: its mount point; opening it triggers an automount.
    package init(at path: FilePath) throws(RegistryUnavailable) {
        self.path = path
        do { directory = try Directory(path) } catch {
            throw Self.unavailable(path, error)
        }
        var information = statfs()
        if fstatfs(directory.descriptor.rawValue, &information) != 0 { throw .failed(path, .last) }
        if information.f_type != BINFMTFS_MAGIC { throw .notMounted(path) }
    }

    deinit { try? register?.close() }

    /// Mounts an instance; the mount outlives this process.
    package static func mount(at path: FilePath) throws(RegistryUnavailable) {
        guard Glibc.mount("binfmt_misc", path.string, "binfmt_misc", 0, nil) != 0 else { return }
        let error = Errno.last
        // EBUSY: it is already mounted.
        if error != .resourceBusy { throw unavailable(path, error) }
    }

    private static func unavailable(_ path: FilePath, _ error: Errno) -> RegistryUnavailable {
        if error != .noSuchFileOrDirectory { return .failed(path, error) }
        return path.starts(with: "/proc") && access("/proc/self", F_OK) != 0 ? .noProc : .noModule(path)
    }

    /// Takes the lock that a program needs to change the table. Each instance has one lock, shared by all its mounts;
    /// it is released when this object is deallocated.
    ///
    /// - Returns: false while another program has it.
    /// - Throws: the errno if the lock cannot be tried, such as EACCES for anyone but root.
    package func lock() throws(Errno) -> Bool {
        let register = try openedRegister()
        if flock(register.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
        let error = Errno.last
        if error == .wouldBlock { return false }
        throw error
    }

    /// Makes the kernel record the writes from now on, unless it already does.
    package func watch() {
        if changes != nil { return }
        last = nil
        do {
            changes = try RegistryChanges(of: path)
            watchFailure = nil
        } catch { watchFailure = error }
    }

    // MARK: - What it takes

    package var features: KernelFeatures {
        if let answered { return answered }
        let asked = KernelFeatures(version: RunningKernel.version, answer: has)
        answered = asked
        return asked
    }

    /// - Returns: nil if this process may not ask.
    private func has(_ feature: KernelFeatures.Feature) -> Bool? {
        do {
            try Self.write(feature.question, to: openedRegister())
            return nil
        } catch {
            switch error {
            case .invalidArgument: return false
            case .fileExists, .noSuchFileOrDirectory: return true
            default: return nil
            }
        }
    }

    // MARK: - Its files

    static let registerFile = Array("register".utf8)
    static let statusFile = Array("status".utf8)

    func openedRegister() throws(Errno) -> FileDescriptor {
        if let register { return register }
        let opened = try open(Self.registerFile, O_WRONLY).release()
        register = opened
        return opened
    }

    func open(_ name: [UInt8], _ flags: Int32) throws(Errno) -> OwnedDescriptor {
        let result = openat(directory.descriptor.rawValue, name.map { CChar(bitPattern: $0) } + [0], flags | O_CLOEXEC)
        return try OwnedDescriptor(checking: result)
    }
}
