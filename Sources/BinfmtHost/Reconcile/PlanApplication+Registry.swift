// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension PlanApplication {
    /// Carries out a plan, and finds out why the kernel refuses a write where the errno alone does not tell.
    init(_ plan: Plan, in registry: any Registry) {
        self.init(plan, perform: registry.perform) { error, entry in
            let obstacle = error == .permissionDenied ? KernelRefusal.Obstacle(at: entry.interpreter) : nil
            let limit = error == .noSpace ? RunningKernel.heldInterpreterLimit : nil
            return KernelRefusal.explanation(
                of: error, entry, kernel: RunningKernel.version, obstacle: obstacle, limit: limit)
        }
    }
}
