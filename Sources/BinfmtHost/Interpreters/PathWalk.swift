// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// What the kernel passes on its way to the end of a path: every folder and every link, with what they are.
struct PathWalk {
    struct Step {
        /// Where it really is: no part of it is a link, but perhaps the last.
        let path: FilePath
        /// Nil where nothing is, or nothing could be looked at; then it is the last step.
        let information: stat?
        /// Why it could not.
        let failure: Errno?

        /// The file type bits of `st_mode`.
        var type: mode_t { (information?.st_mode ?? 0) & S_IFMT }
    }

    private(set) var steps: [Step] = []
    /// The folder that the path leads to, if it leads to one.
    private(set) var folder: FilePath?
    /// Why the way could not be gone to its end.
    private(set) var failure: Errno?

    /// As many links as the kernel follows in one path (`MAXSYMLINKS`).
    static let maximumHops = 40

    /// - Parameter path: an absolute one.
    init(_ path: FilePath) {
        steps.append(Self.look(at: "/"))
        go(from: "/", along: Array(path.components))
    }

    /// - Parameters:
    ///   - folder: where it really is; the way to it is no part of this one.
    ///   - name: what is looked for there.
    init(from folder: FilePath, to name: FilePath.Component) { go(from: folder, along: [name]) }

    private mutating func go(from start: FilePath, along components: [FilePath.Component]) {
        var place = start
        var rest = components[...]
        var hops = 0
        while let component = rest.popFirst() {
            if component.kind == .currentDirectory { continue }
            if component.kind == .parentDirectory {
                place.removeLastComponent()
                continue
            }
            let step = Self.look(at: place.appending(component))
            steps.append(step)
            switch step.type {
            case S_IFDIR: place = step.path
            case S_IFLNK:
                hops += 1
                guard hops <= Self.maximumHops else { return }
                let target: FilePath
                do { target = try Self.readLink(step.path) } catch {
                    failure = error
                    return
                }
                if target.isAbsolute { place = "/" }
                rest = Array(target.components) + rest
            default:
                failure = step.failure
                return
            }
        }
        folder = place
    }

    /// What is at a path, if it is a link, that.
    static func look(at path: FilePath) -> Step {
        var information = stat()
        if path.withPlatformString({ lstat($0, &information) }) == 0 {
            return Step(path: path, information: information, failure: nil)
        }
        let error = Errno.last
        return Step(path: path, information: nil, failure: error.isTransient ? error : nil)
    }

    static func readLink(_ path: FilePath) throws(Errno) -> FilePath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = path.withPlatformString { readlink($0, &buffer, buffer.count - 1) }
        if count < 0 { throw .last }
        return FilePath(platformString: buffer)
    }
}
