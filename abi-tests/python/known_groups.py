# abi-tests/python/known_groups.py: tests of one subject that several loaders are known not to pass.

#: The functions of a type, called for an instance of a Python subclass.
PYTHON_SUBCLASSES = """
    gc.TestCycles.test_cycle_through_python gc.TestDestroy.test_of_python_classes
    gc.TestFinalize.test_python_finalizer gc.TestFinalize.test_resurrected_instance_of_a_python_class
    gc.TestTraverse.test_referents_of_a_python_class gc.TestWeakReferences.test_python_class_with_weak_references
    instances.TestDrop.test_python_subclass
"""

#: Chains of so many instances that deallocating one inside another overflows the stack.
LONG_CHAINS = """
    gc.TestChains.test_long gc.TestChains.test_long_cycle gc.TestChains.test_long_in_a_thread
    gc.TestChains.test_long_of_a_derived_type recursion.TestChains.test_long
"""

#: The check that a struct does not overlap what a base stores in an instance.
PLACES_OF_STRUCTS = """
    places.TestFurtherBases.test_no_room places.TestRefused.test_builtin places.TestRefused.test_other_shape
    places.TestRefused.test_size_varies places.TestRefused.test_smaller_struct
    places.TestRefused.test_through_a_type_without_a_struct places.TestRefused.test_through_classes
    shapes.TestVariableSize.test_int shapes.TestVariableSize.test_tuple
    shapes.TestVariableSize.test_what_is_refused_leaves_nothing
"""

#: The same check against `__slots__` and `__dict__` of a Python class above.
STRUCTS_OVER_PYTHON_CLASSES = """
    python_bases.TestRefused.test_struct_over_a_dictionary python_bases.TestRefused.test_struct_over_slots
    python_bases.TestRefused.test_struct_over_the_slots_of_a_class_between
"""

#: Shapes that HPy 0.9 does not have.
NEWER_SHAPES = """
    places.TestOpaque.test_raised places.TestOpaque.test_released places.TestOpaque.test_values
    shapes.TestShapes.test_behaves_as_the_builtin
"""

#: Checks of sizes and slots in HPyType_FromSpec.
SPEC_CHECKS = """
    inline_helpers.AddType.test_errors names.TestSlotsAsMethods.test_refused
    types.TestRefused.test_methods_and_slots types.TestRefused.test_negative_sizes
"""

#: Types whose metaclass is that of a base.
METACLASSES_OF_BASES = """
    bases.TestMetaclass.test_conflict bases.TestMetaclass.test_of_the_bases
    metaclasses.TestAbstract.test_abstract_methods metaclasses.TestAbstract.test_classes
    metaclasses.TestAbstract.test_instances metaclasses.TestAbstract.test_new_that_fails
    metaclasses.TestAbstract.test_own_new metaclasses.TestAbstract.test_protocol_itself
    metaclasses.TestOrder.test_called
"""
