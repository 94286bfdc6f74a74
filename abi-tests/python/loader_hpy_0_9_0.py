# abi-tests/python/loader_hpy_0_9_0.py: the tests that the loader of HPy 0.9.0 on CPython is known not to pass, and why.

from known import Known
from known_groups import (
    LONG_CHAINS,
    METACLASSES_OF_BASES,
    NEWER_SHAPES,
    PLACES_OF_STRUCTS,
    PYTHON_SUBCLASSES,
    SPEC_CHECKS,
    STRUCTS_OVER_PYTHON_CLASSES,
)

KNOWN = [
    Known(
        "the loader takes a Python subclass of a HPy type for a foreign type, and misses its struct, call function"
        " and traversal",
        skipped=PYTHON_SUBCLASSES + """
            gc.TestCycles.test_cycle_with_the_type gc.TestDestroy.test_of_derived_types
            more_slots.TestIteration.test_python_class
            safe_power.TestSubclass.test_inherited safe_power.TestSubclass.test_overridden
            shapes.TestShapes.test_destroyed shapes.TestShapes.test_values shapes.TestVariableSize.test_destroyed
            types.TestInstances.test_new_of_a_python_class
        """,
        fails="""
            buffer.TestBuffer.test_python_class call_function.TestPlaced.test_python_class
            call_function.TestPythonClasses.test_below call_function.TestPythonClasses.test_overridden
            call_function.TestPythonClasses.test_with_other_bases
            call_function.TestSetCallFunction.test_python_class panics.TestPanics.test_python_classes
            shapes.TestShapes.test_numbers types.TestInstances.test_shape
        """,
    ),
    Known(
        "a type below one with HPy_tp_call has no call function, and its HPy_tp_new calls itself",
        skipped="""
            call_function.TestDerived.test_own_function call_function.TestMetaclass.test_python_metaclass
            call_levels.TestLevels.test_overridden
        """,
        fails="""
            call_function.TestDerived.test_inherited call_function.TestDerived.test_size
            call_function.TestMetaclass.test_class_is_called_through_its_metaclass
            places.TestWordOfACall.test_larger_struct
        """,
    ),
    Known(
        "an instance made by HPyType_GenericNew, or by the function of a base, has no call function",
        skipped="""
            call_levels.TestLevels.test_foreign_base call_levels.TestWithoutStruct.test_function_of_an_object
        """,
        fails="slots.TestObject.test_call",
    ),
    Known(
        "a message lacks an apostrophe",
        fails="call_function.TestSetCallFunction.test_refused",
    ),
    Known(
        "the loader does not visit the type of an instance, so a cycle through it leaks",
        fails="""
            gc.TestCycles.test_cycle_with_a_hpy_type gc.TestCycles.test_type_of_an_instance_in_its_own_field
            gc.TestTraverse.test_referents gc.TestTraverse.test_referents_of_a_derived_type
            slots.TestObject.test_traverse
        """,
    ),
    Known(
        "deallocators and call functions recurse without a limit",
        skipped=LONG_CHAINS + """
            recursion.TestRecursion.test_call_functions recursion.TestRecursion.test_calls
            recursion.TestRecursion.test_threads
        """,
    ),
    Known(
        "weak references to an instance are not cleared when it is freed",
        skipped="""
            gc.TestWeakReferences.test_cleared gc.TestWeakReferences.test_the_fields_are_whole_when_callbacks_run
        """,
    ),
    Known(
        "the functions of a type do not call those of builtin bases, and of Python classes among the bases",
        skipped="""
            python_bases.TestPythonClasses.test_weak_references shapes.TestShapes.test_cycles
            shapes.TestShapes.test_items_are_released
        """,
        fails="""
            python_bases.TestPythonClasses.test_attributes_are_released python_bases.TestPythonClasses.test_cycles
            python_bases.TestPythonClasses.test_dictionaries python_bases.TestPythonClasses.test_many_attributes
            python_bases.TestPythonClasses.test_referents python_bases.TestSandwich.test_fields_and_slots
            shapes.TestShapes.test_referents shapes.TestType.test_destroyed
        """,
    ),
    Known(
        "HPyType_BuiltinShape_Dict and HPyType_BuiltinShape_Opaque do not exist",
        fails=NEWER_SHAPES + """
            shapes.TestShapes.test_cycles_through_the_field_alone shapes.TestShapes.test_without_struct
        """,
    ),
    Known(
        "a struct overlaps what the bases store in an instance, and what only a further base stores has no room",
        skipped="""
            places.TestFurtherBases.test_cycles places.TestFurtherBases.test_instances
        """,
        fails=PLACES_OF_STRUCTS + STRUCTS_OVER_PYTHON_CLASSES + " places.TestRefused.test_legacy",
    ),
    Known(
        "a type below one that allocates its instances itself, such as datetime, gets offsets and flags that these"
        " instances lack",
        skipped="places.TestAllocators.test_datetime",
    ),
    Known(
        "assigning to the name of a type breaks the type",
        skipped="types.TestNames.test_changed",
    ),
    Known(
        "HPyType_FromSpec does not check sizes and slots",
        fails=SPEC_CHECKS,
    ),
    Known(
        "HPyType_FromSpec leaks its parameters when it fails or returns",
        fails="""
            bases.TestBases.test_parameters_stay_the_callers
            types.TestRefused.test_nothing_is_left_of_a_refused_type
        """,
    ),
    Known(
        "HPyType_FromSpec ignores the metaclass of a base, refuses one with a __new__ of its own, and ends the "
        "process if it fails",
        skipped="metaclasses.TestOrder.test_fails",
        fails=METACLASSES_OF_BASES,
    ),
    Known(
        "on CPython 3.9 HPyType_FromSpec accepts bases that allow no subclass",
        skipped="bases.TestBases.test_not_acceptable",
    ),
    Known(
        "one of HPy_bf_getbuffer and HPy_bf_releasebuffer alone drops the other",
        fails="buffer.TestBuffer.test_below_with_one_function",
    ),
    Known(
        "an empty HPyMember_OBJECT_EX reads as None, and leaks",
        fails="""
            members.TestMembers.test_object_ex members.TestMembers.test_object_ex_is_released_with_the_instance
        """,
    ),
    Known(
        "HPyLong_AsUInt32_t reports an overflow for an object that is no int, and for HPy_NULL",
        fails="""
            long.TestLong.test_index_is_refused_by_the_others long.TestLong.test_no_integer
            nulls.TestNulls.test_deleting_an_attribute_whose_setter_converts
            nulls.TestNulls.test_what_the_table_says
        """,
    ),
    Known(
        "a HPyGlobal has one value for all interpreters, and HPyGlobal_Store releases the old one first",
        skipped="globals.TestSubinterpreters.test_all_modules",
        fails="""
            globals.TestGlobals.test_the_new_value_is_in_place_when_the_old_one_goes
            globals.TestSubinterpreters.test_separate_values
            globals.TestSubinterpreters.test_values_go_with_their_interpreter
        """,
    ),
    Known(
        "a module that is alive when the process ends crashes it",
        fails="modules.TestProcess.test_end_of_the_process",
    ),
    Known(
        "HPyContextVar_Get that fails leaves the value undefined",
        skipped="interpreter.TestContextVar.test_no_variable",
    ),
    Known(
        "the builders and trackers crash on HPy_NULL",
        skipped="containers.TestBuilders.test_null_item tracker.TestTracker.test_null",
    ),
    Known(
        "`__call__` of each level is the object's own call function, which Python cannot replace, and each type "
        "with HPy_tp_call adds a word for it",
        fails="""
            call_levels.TestLevels.test_function_of_a_base call_levels.TestLevels.test_function_of_an_object
            call_levels.TestLevels.test_set_from_python call_levels.TestWithoutStruct.test_copies
            call_levels.TestWithoutStruct.test_layout places.TestWordOfACall.test_struct_of_the_same_size
        """,
    ),
    Known(
        "a HPyField holds a tagged address, so none can be where CPython writes the dictionary or weak references",
        skipped="""
            shared_places.TestDictionaryInAField.test_cycles shared_places.TestDictionaryInAField.test_whole
        """,
    ),
    Known(
        "the debug context passes a handle where the loader expects its object",
        only="debug",
        skipped="buffer.TestBuffer.test_python_class",
    ),
    Known(
        "a text lives as long as its handle, and without a tracker the value of a keyword has no handle",
        only="debug",
        skipped="arg_parse.Dicts.test_untracked",
    ),
    Known(
        "the debug context has one state for all threads, and ends the process where several leave the interpreter",
        only="debug",
        skipped="""
            safe_threads.TestThreads.test_critical_sections safe_threads.TestThreads.test_mutex
            thread_entry.TestCriticalSections.test_in_threads thread_entry.TestMutex.test_excludes
            thread_entry.TestMutex.test_the_waiting_thread_leaves_the_interpreter
        """,
    ),
    Known(
        "the builders of the debug context lose the MemoryError",
        only="debug",
        skipped="containers.TestBuilders.test_no_memory extras_more.TestBorrowed.test_given_to_none",
    ),
    Known(
        "the loader does not release the members of a legacy type, and refuses a legacy Py_tp_traverse alone",
        only="hybrid",
        fails="""
            legacy.TestTypes.test_destroyed shared_places.TestLegacyFunctions.test_cycles
            shared_places.TestLegacyFunctions.test_released types.TestLegacy.test_members_are_released
        """,
    ),
]
